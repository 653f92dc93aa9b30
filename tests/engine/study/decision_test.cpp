#include "engine/study/decision.h"

#include "engine/random/normal.h"
#include "engine/study/scrambled_points.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::engine {
namespace {

Gains four_draws() {
  Gains gains(4, 3);
  const double a[] = {1, -1, 2, 0};
  const double b[] = {0, 1, 2, -3};
  for (std::size_t draw = 0; draw < 4; ++draw) gains.at(draw, 1) = a[draw], gains.at(draw, 2) = b[draw];
  return gains;
}

TEST(Decision, equals_share_a_draw) {
  const std::vector<double> best = chance_of_being_best(four_draws());
  EXPECT_DOUBLE_EQ(best[0], 0.125);         // half of the last draw
  EXPECT_DOUBLE_EQ(best[1], 0.25 + 0.25);   // the first, half of the third, half of the last
  EXPECT_DOUBLE_EQ(best[2], 0.25 + 0.125);  // the second, half of the third
}

TEST(Decision, knowing_all_is_worth_the_mean_of_what_is_missed) {
  // Best in each draw 1, 1, 2, 0: mean 1. The best mean is option 1's, 0.5.
  EXPECT_DOUBLE_EQ(value_of_knowing_all(four_draws()).value, 0.5);
  // Missed: 0, 2, 0, 0.
  EXPECT_DOUBLE_EQ(value_of_knowing_all(four_draws()).se, 0.5);
}

TEST(Decision, nothing_to_choose_is_worth_nothing) {
  const Gains alone(10, 1);
  EXPECT_EQ(value_of_knowing_all(alone).value, 0);
  EXPECT_EQ(chance_of_being_best(alone)[0], 1);
  EXPECT_EQ(value_of_knowing(alone, std::vector<double>(10, 1.0)), 0);
}

// One option gains m + a X + b Z, X and Z standard normal: knowing both is worth s f(m/s) - |m| F(-|m|/s) with s^2 = a^2 + b^2
// (the unit normal loss integral, Raiffa & Schlaifer 1961), knowing X alone the same with s = a.
TEST(Decision, comes_to_the_normal_loss_integral) {
  constexpr std::uint32_t n = 4096;
  constexpr double m = 0.3, a = 1.0, b = 0.5;
  const ScrambledPoints first(1, 0, "x"), second(1, 0, "z");
  Gains gains(n, 2);
  std::vector<double> x, z;
  for (std::uint32_t i = 0; i < n; ++i) {
    x.push_back(normal_quantile(uniform(first.word(i))));
    z.push_back(normal_quantile(uniform(second.word(i))));
    gains.at(i, 1) = m + a * x.back() + b * z.back();
  }
  const auto loss = [](double s) {
    const double u = m / s;
    return s * std::exp(-u * u / 2) / std::sqrt(2 * 3.14159265358979323846) - m * 0.5 * std::erfc(u / std::sqrt(2.0));
  };
  const ValueOfKnowing all = value_of_knowing_all(gains);
  EXPECT_NEAR(all.value, loss(std::sqrt(a * a + b * b)), 4 * all.se);
  EXPECT_GT(std::abs(all.value - loss(a)), 4 * all.se);  // an error would be seen
  EXPECT_NEAR(value_of_knowing(gains, x), loss(a), 0.01);
  EXPECT_NEAR(value_of_knowing(gains, z), loss(b), 0.01);
  EXPECT_NEAR(variance_explained(x, gains.of_option(1)), a * a, 0.03);
  EXPECT_NEAR(variance_explained(z, gains.of_option(1)), b * b, 0.03);
}

TEST(Decision, quantiles_are_those_of_type_7) {
  EXPECT_DOUBLE_EQ(sample_quantile({4, 1, 3, 2}, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(sample_quantile({4, 1, 3, 2}, 0.1), 1.3);
  EXPECT_DOUBLE_EQ(sample_quantile({4, 1, 3, 2}, 1), 4);
  EXPECT_DOUBLE_EQ(sample_quantile({7}, 0.975), 7);
}

}  // namespace
}  // namespace sojourn::engine
