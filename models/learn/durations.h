#pragma once
// How long something lasts, as one of the format's families.

#include "models/journey/distribution.h"

#include <cstdint>
#include <vector>

namespace sojourn::models {

struct TimedVisit {
  std::int64_t ms = 0;
  unsigned fold = 0;  // of its case (models/learn/counts.h)
};

struct FittedDuration {
  Distribution distribution;  // milliseconds
  double nats = 0;            // cross-validated, of all visits together
};

/// Constant, exponential, lognormal, gamma, normal, uniform, triangular or discrete, whichever gives visits of held-out cases the
/// highest likelihood; of equals the first. What is compared are probabilities of cells, each a fifth longer than the one
/// before, so that logs with whole minutes, zeros and clusters have a likelihood too. A discrete one has the mean of each cell.
/// Nothing lasts where there are no visits.
FittedDuration fit_duration(const std::vector<TimedVisit>& visits);

}  // namespace sojourn::models
