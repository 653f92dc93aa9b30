#pragma once
// What agents' scores come to on average, for a behaviour of one's own: estimates of means and of paired differences.

#include "engine/compare/tallies.h"
#include "engine/tally/estimate.h"

#include <cstdint>

namespace sojourn::engine {

/// The mean per agent of score `score` (below Layout::scores) in case `one_case` (0 is the base), over all groups. `unit`: what 1 of
/// the score's integers is worth, 1e-9 for a score in nano. With its standard error and 95 % interval; NaN without agents.
Estimate mean_of(const Tallies& tallies, std::size_t one_case, std::uint32_t score, double unit, Shape shape);

/// The same of case `one_case` (1 or above) less the base, over the same agents: what both have in common cancels.
Estimate mean_difference(const Tallies& tallies, std::size_t one_case, std::uint32_t score, double unit);

}  // namespace sojourn::engine
