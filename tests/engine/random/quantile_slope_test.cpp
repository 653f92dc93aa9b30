#include "engine/random/quantile_slope.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::engine {
namespace {

TEST(QuantileSlope, of_a_normal_is_1_in_the_mean_and_z_in_the_sd) {
  QuantilePool pool;
  const QuantileSlope mean{pool.normal(5.25, 2), pool.normal(4.75, 2), 2};
  const QuantileSlope sd{pool.normal(5, 2.25), pool.normal(5, 1.75), 2};
  const Quantile standard = pool.normal(0, 1);
  for (const double u : {0.001, 0.2, 0.5, 0.77, 0.999}) {
    EXPECT_NEAR(mean(u), 1, 1e-12);
    EXPECT_NEAR(sd(u), standard(u), 1e-12);
  }
}

TEST(QuantileSlope, of_a_lognormal_is_the_draw_times_z_in_sigma) {
  QuantilePool pool;
  const QuantileSlope sigma{pool.lognormal(3, 0.5 + 5e-5), pool.lognormal(3, 0.5 - 5e-5), 1e4};
  const Quantile standard = pool.normal(0, 1);
  for (const double u : {0.01, 0.5, 0.9}) {
    EXPECT_NEAR(sigma(u), pool.lognormal(3, 0.5)(u) * standard(u), 1e-7);
  }
}

TEST(QuantileSlope, share_below_inverts_and_density_is_that_of_the_family) {
  QuantilePool pool;
  EXPECT_NEAR(share_below(pool.exponential(2), 3), 1 - std::exp(-1.5), 1e-9);
  EXPECT_EQ(share_below(pool.uniform(2, 4), 1), 0);
  EXPECT_EQ(share_below(pool.uniform(2, 4), 5), 1);
  EXPECT_EQ(share_below(pool.constant(3), 2.5), 0);
  EXPECT_EQ(share_below(pool.constant(3), 3), 1);
  EXPECT_NEAR(density_at(pool.exponential(2), 1 - std::exp(-1.5)), 0.5 * std::exp(-1.5), 1e-6);
  EXPECT_NEAR(density_at(pool.uniform(2, 4), 0.3), 0.5, 1e-9);
  EXPECT_EQ(density_at(pool.constant(3), 0.5), 0);
}

TEST(QuantileSlope, share_below_knows_where_draws_end) {
  QuantilePool pool;
  EXPECT_NEAR(share_below(pool.uniform(0, 1), 0x1.8p-33), 0x1.8p-33, 1e-12);
  EXPECT_EQ(share_below(pool.uniform(0, 1), 0x1.8p-34), 0);
  EXPECT_NEAR(share_below(pool.uniform(0, 1), 1 - 0x1.8p-33), 1 - 0x1.8p-33, 1e-12);
  EXPECT_EQ(share_below(pool.uniform(0, 1), 1 - 0x1.8p-34), 1);
}

TEST(QuantileSlope, half_width_is_the_sd_of_a_normal_and_nothing_where_there_is_no_density) {
  QuantilePool pool;
  EXPECT_NEAR(half_width(pool.normal(7, 1.5)), 1.5, 1.5 * 3e-8);  // the error of the normal table
  EXPECT_EQ(half_width(pool.constant(7)), 0);
  EXPECT_EQ(half_width(pool.discrete({{1, 1}, {9, 1}})), 0);
}

}  // namespace
}  // namespace sojourn::engine
