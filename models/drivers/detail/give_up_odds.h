#pragma once
// How likely a visit outlasts the patience, and how that changes with the levers of either.

#include "engine/random/quantile.h"
#include "models/drivers/origins.h"

#include <utility>
#include <vector>

namespace sojourn::models::detail {

struct GiveUpOdds {
  double probability = 0;
  std::vector<std::pair<std::uint32_t, double>> slopes;  // (lever, derivative of the probability)
};

/// P(duration > patience) of independent draws, those below 0 counting as 0, by conditioning on one of them and integrating
/// over its quantiles: smoothed perturbation analysis (Gong & Ho 1987; Fu & Hu 1997, ch. 2).
GiveUpOdds give_up_odds(const engine::Quantile& duration, const DrawOrigin& duration_origin,
                        const engine::Quantile& patience, const DrawOrigin& patience_origin);

}  // namespace sojourn::models::detail
