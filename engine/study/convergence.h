#pragma once
// Whether chains of a sampler have come to the same place, and how many independent draws theirs are worth.

#include <span>
#include <vector>

namespace sojourn::engine {

/// [chain][draw], all of one length, at least 4 draws.
using Chains = std::vector<std::vector<double>>;

/// Rank-normalised split R-hat, the larger of that of the draws and that of their distance from the median (Vehtari, Gelman, Simpson, Carpenter &
/// Bürkner 2021, Bayesian Analysis 16(2), eqs. 2-4 and sec. 4.1). 1 where all draws are equal.
double split_rhat(const Chains& chains);

/// Bulk effective sample size: of the rank-normalised split chains, by Geyer's initial monotone sequence (the same, eqs. 10-13).
double bulk_effective_size(const Chains& chains);

/// The same of the draws themselves, for the error of their mean.
double effective_size(const Chains& chains);

}  // namespace sojourn::engine
