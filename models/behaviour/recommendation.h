#pragma once
// From overall satisfaction to the 0..10 answer to "how likely would you recommend us?".

#include "engine/base/exact_sum.h"
#include "models/behaviour/satisfaction.h"

#include <array>

namespace sojourn::models {

/// The answer Y given overall satisfaction S (formula::answers_up_to).
struct ResponseTable {
  std::array<double, 10> threshold_less_bias;  // t_k - bias, rising
  double spread;                               // > 0
};

/// Shares of the eleven answers in units of 1e-9, summing to exactly 1e9: the cumulative shares are rounded, not each.
using ScoreShares = std::array<engine::Nano, 11>;

inline ScoreShares score_shares(const ResponseTable& table, double satisfaction) {
  ScoreShares shares;
  engine::Nano below = 0;
  for (std::size_t k = 0; k < 10; ++k) {
    const engine::Nano cumulative =
        engine::to_nano(formula::answers_up_to(table.threshold_less_bias[k], satisfaction, table.spread));
    shares[k] = cumulative - below;
    below = cumulative;
  }
  shares[10] = engine::Nano{1'000'000'000} - below;
  return shares;
}

/// Equation (14): detractors answer 0..6, passives 7 and 8, promoters 9 and 10 (Reichheld 2003, Harvard Business Review 81(12)).
struct Classes {
  engine::Nano detractors, passives, promoters;  // summing to 1e9
};

inline Classes classes(const ScoreShares& shares) {
  Classes result{0, shares[7] + shares[8], shares[9] + shares[10]};
  result.detractors = engine::Nano{1'000'000'000} - result.passives - result.promoters;
  return result;
}

}  // namespace sojourn::models
