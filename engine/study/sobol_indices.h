#pragma once
// How much of a response's variance each factor makes, alone and with all its interactions.

#include "engine/study/bootstrap.h"

#include <cstddef>
#include <span>
#include <vector>

namespace sojourn::engine {

/// An estimate with a bootstrap percentile interval.
struct Bounded {
  double estimate = 0;
  double lo = 0;
  double hi = 0;
};

struct SobolIndex {
  Bounded first;  // the share of the variance that knowing the factor takes away
  Bounded total;  // the share that is left when all others are known
};

struct SobolIndices {
  double mean = 0;      // of the responses
  double variance = 0;  // 0: nothing varies, and all indices are 0
  std::vector<SobolIndex> factors;
};

/// Of responses in the order of saltelli(), points (factors + 2) of them. First order by Saltelli et al. 2010 (table 2, row b), total by Jansen 1999 (row f);
/// the variance is that of A and B together. The bootstrap draws base points with their rows. It takes them for independent; scrambled
/// Sobol points are spread more evenly, so that the intervals are wider than needed. At least 2 points.
SobolIndices sobol_indices(std::span<const double> responses, std::size_t factors, const BootstrapPlan& plan = {});

}  // namespace sojourn::engine
