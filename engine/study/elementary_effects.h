#pragma once
// Morris' screening: which factors matter at all, and which of them not linearly or not alone.

#include "engine/study/design.h"

#include <cstddef>
#include <span>
#include <vector>

namespace sojourn::engine {

/// Of the elementary effects of one factor: the change of the response per whole range.
struct ElementaryEffects {
  double mu = 0;          // mean (Morris 1991)
  double mu_star = 0;     // mean size (Campolongo, Cariboni & Saltelli 2007)
  double sigma = 0;       // standard deviation, n - 1
  double mu_star_se = 0;  // standard error of mu_star over trajectories
};

/// `responses` in the order of morris()' rows. At least 2 trajectories.
std::vector<ElementaryEffects> elementary_effects(const Design& design, std::span<const double> responses);

}  // namespace sojourn::engine
