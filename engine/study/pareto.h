#pragma once
// What cannot be had better in one respect without being worse in the other.

#include <cstddef>
#include <span>
#include <vector>

namespace sojourn::engine {

/// The options that no other one dominates, where more of `gain` and less of `price` is better: none has at least the gain for at most
/// the price, one of them better. By rising price; equal options are all there. Values that are not finite dominate nothing and are never there.
std::vector<std::size_t> pareto_front(std::span<const double> gain, std::span<const double> price);

}  // namespace sojourn::engine
