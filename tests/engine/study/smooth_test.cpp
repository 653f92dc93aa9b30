#include "engine/study/smooth.h"

#include "engine/study/scrambled_points.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::engine {
namespace {

std::vector<double> evenly(std::size_t n) {
  std::vector<double> x;
  for (std::size_t i = 0; i < n; ++i) x.push_back((static_cast<double>(i) + 0.5) / static_cast<double>(n) * 4 - 2);
  return x;
}

TEST(Smooth, follows_a_line_exactly_and_with_one_degree) {
  const std::vector<double> x = evenly(50);
  std::vector<double> y;
  for (const double at : x) y.push_back(3 - 2 * at);
  const Smooth line = smooth(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(line.fitted[i], y[i], 1e-12);
}

TEST(Smooth, follows_a_bend) {
  const std::vector<double> x = evenly(200);
  std::vector<double> y;
  for (const double at : x) y.push_back(std::tanh(2 * at));
  const Smooth bend = smooth(x, y);
  EXPECT_GE(bend.degrees, 3);
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) worst = std::max(worst, std::abs(bend.fitted[i] - y[i]));
  EXPECT_LT(worst, 0.2);
  EXPECT_GT(worst, 1e-4);  // four degrees cannot do it exactly
}

// By chance alone, leave-one-out error takes a degree in about three of ten clouds (P(chi-square > 2) = 0.16 for each, nested).
TEST(Smooth, takes_a_cloud_for_what_it_is) {
  const std::vector<double> x = evenly(100);
  int flat = 0;
  for (int cloud = 0; cloud < 200; ++cloud) {
    const ScrambledPoints points(9, 0, "cloud " + std::to_string(cloud));
    std::vector<double> y;
    for (std::uint32_t i = 0; i < x.size(); ++i) y.push_back(uniform(points.word(i * 977)));
    flat += smooth(x, y).degrees == 0;
  }
  EXPECT_GT(flat, 100);
  EXPECT_LT(flat, 190);
}

TEST(Smooth, keeps_the_mean) {
  const std::vector<double> x = evenly(31);
  std::vector<double> y;
  double sum = 0;
  for (const double at : x) y.push_back(at * at), sum += y.back();
  for (const double fitted : smooth(x, y).fitted) sum -= fitted;
  EXPECT_NEAR(sum, 0, 1e-12);
}

TEST(Smooth, an_input_that_never_varies_tells_nothing) {
  const std::vector<double> x(20, 1.5);
  const Smooth none = smooth(x, evenly(20));
  EXPECT_EQ(none.degrees, 0);
  for (const double fitted : none.fitted) EXPECT_NEAR(fitted, 0, 1e-12);
}

TEST(Smooth, two_values_are_told_apart) {
  std::vector<double> x, y;
  for (int i = 0; i < 40; ++i) x.push_back(i % 2), y.push_back(i % 2 == 0 ? 1.0 : 5.0);
  const Smooth step = smooth(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(step.fitted[i], y[i], 1e-12);
}

}  // namespace
}  // namespace sojourn::engine
