#pragma once
// Options, best first, and how sure that is.

#include "models/study/analysis.h"

#include <vector>

namespace sojourn::models {

struct RankedOption {
  std::size_t point = 0;
  std::size_t scenario = 0;
};

/// `observations`: [observation][option], more is better; those with a value that is not finite are left out. Empty where no observation is
/// left. The means of the result are those of the observations.
std::optional<Ranking> rank(const std::vector<RankedOption>& options,
                            const std::vector<std::vector<double>>& observations, Metric metric, double alpha);

}  // namespace sojourn::models
