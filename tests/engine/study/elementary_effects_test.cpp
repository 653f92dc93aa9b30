// Elementary effects of functions for which they are known.

#include "engine/study/elementary_effects.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::engine {
namespace {

template <class F>
std::vector<ElementaryEffects> effects_of(const F& f, std::size_t trajectories, std::size_t levels) {
  const Design design = morris(trajectories, levels, {"a", "b", "c"}, 7);
  std::vector<double> responses;
  for (std::size_t row = 0; row < design.rows(); ++row) responses.push_back(f(design.row(row)));
  return elementary_effects(design, responses);
}

TEST(ElementaryEffects, of_a_plane_are_its_slopes) {
  const auto found = effects_of([](std::span<const double> x) { return 3 * x[0] - 2 * x[1]; }, 5, 4);
  EXPECT_NEAR(found[0].mu, 3, 1e-12);
  EXPECT_NEAR(found[0].mu_star, 3, 1e-12);
  EXPECT_NEAR(found[1].mu, -2, 1e-12);
  EXPECT_NEAR(found[1].mu_star, 2, 1e-12);
  EXPECT_NEAR(found[2].mu_star, 0, 1e-12);
  for (const ElementaryEffects& one : found) EXPECT_NEAR(one.sigma, 0, 1e-12);
}

TEST(ElementaryEffects, that_cancel_are_seen_in_mu_star) {
  // With four levels a step goes between 0 and 2/3 or between 1/3 and 1. Of (x - 1/2)^2 that is -1/3 and +1/3 of the range, each as likely.
  const auto found = effects_of([](std::span<const double> x) { return (x[0] - 0.5) * (x[0] - 0.5); }, 400, 4);
  EXPECT_NEAR(found[0].mu_star, 1.0 / 3, 1e-12);
  EXPECT_LT(std::abs(found[0].mu), 6 * (1.0 / 3) / 20);  // 6 sigma
  EXPECT_NEAR(found[0].sigma, 1.0 / 3, 0.01);
  EXPECT_NEAR(found[0].mu_star_se, 0, 1e-12);
}

TEST(ElementaryEffects, tell_interactions) {
  // The effect of a is the value of b while it moves: one of 0, 1/3, 2/3, 1, each as likely: mean 1/2, variance 5/36.
  const auto found = effects_of([](std::span<const double> x) { return x[0] * x[1]; }, 4000, 4);
  const double sd = std::sqrt(5.0 / 36);
  EXPECT_NEAR(found[0].mu, 0.5, 6 * sd / std::sqrt(4000.0));
  EXPECT_NEAR(found[0].sigma, sd, 0.02);
  EXPECT_NEAR(found[0].mu_star_se, found[0].sigma / std::sqrt(4000.0), 1e-9);
  EXPECT_EQ(found[2].sigma, 0);
}

}  // namespace
}  // namespace sojourn::engine
