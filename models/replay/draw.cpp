#include "models/replay/draw.h"

#include "engine/base/contract.h"
#include "engine/random/quantile_slope.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

/// Cubic Lagrange weights of four nodes at -1, 0, 1, 2 for t in 0..1, and their derivatives.
struct Cubic {
  double weight[4], slope[4];
  explicit Cubic(double t)
      : weight{-t * (t - 1) * (t - 2) / 6, (t + 1) * (t - 1) * (t - 2) / 2, -(t + 1) * t * (t - 2) / 2,
               (t + 1) * t * (t - 1) / 6},
        slope{-(3 * t * t - 6 * t + 2) / 6, (3 * t * t - 4 * t - 1) / 2, -(3 * t * t - 2 * t - 2) / 2,
              (3 * t * t - 1) / 6} {}
};

constexpr double kFirstScore = -6.5;
constexpr double kPerScore = 16;

}  // namespace

BetaByMean::BetaByMean(double low, double high, double sd) : low_(low), step_((high - low) / (kMeans - 1)) {
  SOJOURN_EXPECT(low > 0 && low < high && high < 10, "means inside the scale");
  Quantiles quantiles;
  engine::QuantilePool pool;
  const engine::Quantile normal = pool.normal(0, 1);
  std::array<double, BetaRow::kScores> luck;
  for (std::size_t s = 0; s < luck.size(); ++s) {
    const double u = engine::share_below(normal, kFirstScore + static_cast<double>(s) / kPerScore);
    luck[s] = std::clamp(u, 0x1p-33, 1 - 0x1p-33);
  }
  for (int m = 0; m < kMeans; ++m) {
    Distribution beta;
    beta.family = Distribution::Family::beta;
    beta.a = low + step_ * m;
    beta.b = sd;
    const engine::Quantile quantile = quantiles(beta);
    for (const double u : luck) nodes_.push_back(quantile(u));
  }
}

BetaRow BetaByMean::at(double mean) const {
  const double place = std::clamp((mean - low_) / step_, 0.0, static_cast<double>(kMeans - 1));
  const int cell = std::clamp(static_cast<int>(place), 1, kMeans - 3);
  const Cubic cubic(place - cell);
  const bool inside = mean > low_ && mean < low_ + step_ * (kMeans - 1);
  BetaRow row;
  for (std::size_t s = 0; s < BetaRow::kScores; ++s) {
    for (int i = 0; i < 4; ++i) {
      const double node = nodes_[static_cast<std::size_t>(cell - 1 + i) * BetaRow::kScores + s];
      row.value_[s] += cubic.weight[i] * node;
      if (inside) row.by_mean_[s] += cubic.slope[i] * node / step_;
    }
  }
  return row;
}

BetaRow::Draw BetaRow::draw(double z) const {
  const double place = (z - kFirstScore) * kPerScore;
  const int cell = std::clamp(static_cast<int>(place), 1, static_cast<int>(kScores) - 3);
  const Cubic cubic(place - cell);
  Draw draw;
  for (int i = 0; i < 4; ++i) {
    const auto s = static_cast<std::size_t>(cell - 1 + i);
    draw.value += cubic.weight[i] * value_[s];
    draw.by_mean += cubic.weight[i] * by_mean_[s];
  }
  return draw;
}

}  // namespace sojourn::models
