#pragma once
// What the columns of a table mean: said by flags, by a mapping.yaml, or found by names that tools are known to write.

#include "models/text/diagnostic.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace sojourn::models {

/// Role ("case", "activity", "score", ...) to the column's name, as said; what is not said is looked for.
using ColumnNames = std::map<std::string, std::string, std::less<>>;

/// A mapping.yaml:
///
///     events: {case: order, activity: step, time: began, end: done, persona: segment, outcome: result, lifecycle: phase}
///     success: [delivered]                 # outcomes that are one
///     survey: {score: q1, persona: segment, touchpoint: place, period: wave, weight: w, case: order}
///     ratings: {security: q9_1}            # rated items beside the score: touchpoint id to column
///     blank: [11, n/a]                     # codes for nothing, beside an empty cell, in any column but ratings
///     blank_ratings: [0]                   # the same of ratings, whose codes often are scores elsewhere
///     never_used: [6]                      # codes for "I did not use it": the touchpoint was not visited
struct Mapping {
  ColumnNames events;
  ColumnNames survey;
  std::vector<std::pair<std::string, std::string>> ratings;  // touchpoint id, column
  std::vector<std::string> success;
  std::set<std::string, std::less<>> blank, blank_ratings, never_used;
};

/// Throws MissingFile, or InputError with all that is wrong.
Mapping read_mapping_file(const std::string& path);
Mapping read_mapping(const Source& source);

}  // namespace sojourn::models
