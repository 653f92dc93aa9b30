#pragma once
// Weights whose sums are no longer exact enough to choose by.

#include "models/check/detail/explored.h"

namespace sojourn::models::detail {

/// Errors for edge weights, start weights and channels (share times affinity) that add up to more than a double holds, or to
/// so little that their ratios are lost.
void check_sums(const ViewMap& map, const Persona& persona, std::size_t view, Places& places, Findings& findings);

}  // namespace sojourn::models::detail
