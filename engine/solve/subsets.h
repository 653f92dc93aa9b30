#pragma once
// What becomes of a chain when only some groups of its states may be visited, for every choice of groups at once.

#include "engine/solve/absorbing_chain.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::engine {

inline constexpr std::uint32_t kMostSubsetGroups = 15;
inline constexpr std::uint32_t kMostSubsetStates = 400;

/// [set of groups, bit g standing for group g] probability to end in an exit that counts without ever having visited a state of
/// any other group. `start` [state]; `start_counts`: probability to be at such an exit from the beginning; `counts` [exit];
/// `group_of` [state] below `groups`. At most kMostSubsetGroups groups and kMostSubsetStates states (a contract).
///
/// Group by group, each state is either eliminated (Grassmann, Taksar & Heyman 1985: nothing is subtracted) or made an exit that
/// does not count. What sets have in common is done once, so that all 2^groups together cost little more than the last steps of each.
std::vector<double> absorbed_within(const AbsorbingChain& chain, std::span<const double> start, double start_counts,
                                    std::span<const std::uint8_t> counts, std::span<const std::uint32_t> group_of,
                                    std::uint32_t groups);

/// [player] Shapley value (Shapley 1953, "A value for n-person games", eq. 12) of the game `worth` [set of players, bit i
/// standing for player i]; worth.size() is 2^players. They sum to worth of all less worth of none.
std::vector<double> shapley_values(std::span<const double> worth);

}  // namespace sojourn::engine
