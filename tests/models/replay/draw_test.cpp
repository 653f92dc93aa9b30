#include "models/replay/draw.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::models {
namespace {

TEST(BetaByMean, is_the_quantile_of_the_beta_and_moves_as_it_does) {
  const BetaByMean by_mean(2.1, 9.2, 1.5);
  Quantiles quantiles;
  engine::QuantilePool pool;
  const engine::Quantile normal = pool.normal(0, 1);
  for (const double mean : {2.5, 4.03, 6.66, 8.1}) {
    const BetaRow row = by_mean.at(mean);
    Distribution beta;
    beta.family = Distribution::Family::beta;
    beta.a = mean;
    beta.b = 1.5;
    const engine::Quantile quantile = quantiles(beta);
    for (const double u : {0.001, 0.02, 0.3, 0.5, 0.77, 0.99, 0.9999}) {
      const BetaRow::Draw draw = row.draw(normal(u));
      EXPECT_NEAR(draw.value, quantile(u), 1e-3) << mean << " " << u;
      const double step = 1e-5;
      const double above = by_mean.at(mean + step).draw(normal(u)).value;
      const double below = by_mean.at(mean - step).draw(normal(u)).value;
      EXPECT_NEAR(draw.by_mean, (above - below) / (2 * step), 1e-5);
    }
  }
}

}  // namespace
}  // namespace sojourn::models
