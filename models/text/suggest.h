#pragma once
// "Did you mean ...?": the nearest thing that would be right.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

/// Edits that make one word of the other: insert, delete or replace a byte, or swap two neighbours (optimal string
/// alignment; Damerau 1964, Levenshtein 1966). Distances above `most` are given as most + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

/// The candidate nearest to what was written, upper and lower case being near; empty if none is near enough (1 edit up
/// to 5 letters, 2 up to 9, then 3). Of equally near ones the first. Takes time in proportion to the candidates.
std::string_view nearest(std::string_view written, const std::vector<std::string_view>& candidates);

/// "Did you mean 'x'?", or empty.
std::string did_you_mean(std::string_view written, const std::vector<std::string_view>& candidates);

}  // namespace sojourn::models
