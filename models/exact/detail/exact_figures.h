#pragma once
// Sums made into figures, and what is missing into sentences.

#include "models/exact/detail/sums.h"
#include "models/exact/solve.h"

#include <span>

namespace sojourn::models::exact {

/// `shares` and `sums` [persona of the atlas]. An address of `not_exact` stands for every figure below it that is missing:
/// "touchpoints.eve" where all that is missing there is missing for one reason. Overall figures have no prefix.
ExactAnswer exact_figures(const Atlas& atlas, const Names& names, std::span<const double> shares,
                          std::span<const JourneySums> sums, Reasons& reasons);

}  // namespace sojourn::models::exact
