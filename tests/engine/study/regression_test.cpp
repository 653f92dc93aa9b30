// Standardised regression: exact on planes, and its errors are those of least squares.

#include "engine/study/regression.h"

#include "engine/random/luck.h"
#include "engine/random/normal.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::engine {
namespace {

double sd_of(const Design& x, std::size_t c) {
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < x.rows(); ++i) mean += x.at(i, c) / static_cast<double>(x.rows());
  for (std::size_t i = 0; i < x.rows(); ++i) squares += (x.at(i, c) - mean) * (x.at(i, c) - mean);
  return std::sqrt(squares / static_cast<double>(x.rows() - 1));
}

TEST(StandardisedRegression, of_a_plane_is_exact) {
  const Design x = latin_hypercube(64, {"a", "b", "c"}, 1);
  Design y(64, 1);
  std::vector<double> responses;
  for (std::size_t i = 0; i < 64; ++i) {
    y.at(i, 0) = 100 + 3 * x.at(i, 0) - 4 * x.at(i, 1);
    responses.push_back(y.at(i, 0));
  }
  const auto found = standardised_regression(x, responses);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->r2, 1, 1e-12);
  EXPECT_NEAR(found->coefficients[0].estimate, 3 * sd_of(x, 0) / sd_of(y, 0), 1e-12);
  EXPECT_NEAR(found->coefficients[1].estimate, -4 * sd_of(x, 1) / sd_of(y, 0), 1e-12);
  EXPECT_NEAR(found->coefficients[2].estimate, 0, 1e-12);
}

TEST(StandardisedRegression, of_a_known_sample_is_that_of_the_book) {
  // One factor: the coefficient is the correlation r, and its standard error sqrt((1 - r^2)/(n - 2)).
  Design x(5, 1);
  const double at[] = {1, 2, 3, 4, 5}, y[] = {2, 1, 4, 3, 5};
  for (std::size_t i = 0; i < 5; ++i) x.at(i, 0) = at[i];
  const auto found = standardised_regression(x, y);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->coefficients[0].estimate, 0.8, 1e-12);
  EXPECT_NEAR(found->r2, 0.64, 1e-12);
  EXPECT_NEAR(found->coefficients[0].se, std::sqrt(0.36 / 3), 1e-12);
  EXPECT_NEAR(found->coefficients[0].hi - 0.8, 3.182446305284263 * std::sqrt(0.12), 1e-9);
}

TEST(StandardisedRegression, intervals_cover) {
  // 2,000 samples of 12 rows with normal noise; nominal 95 %: 6 sigma is 2.9 points. Coefficients are random, too, so what is
  // covered is the slope's ratio that the same noise-free plane has in the sample's units.
  int covered = 0;
  const Design x = latin_hypercube(12, {"a"}, 3);
  for (std::uint64_t sample = 0; sample < 2000; ++sample) {
    std::vector<double> y;
    double mean = 0;
    for (std::size_t i = 0; i < 12; ++i) {
      const Block block = luck_of(place_key(1, "noise"), sample, 0, static_cast<std::uint32_t>(i)).block(0);
      y.push_back(2 * x.at(i, 0) + normal_quantile(uniform(block[0])));
      mean += y.back() / 12;
    }
    double squares = 0;
    for (const double one : y) squares += (one - mean) * (one - mean);
    const auto found = standardised_regression(x, y);
    const double truth = 2 * sd_of(x, 0) / std::sqrt(squares / 11);
    covered += found->coefficients[0].lo <= truth && truth <= found->coefficients[0].hi;
  }
  EXPECT_GT(covered, 1842);
  EXPECT_LT(covered, 1958);
}

TEST(StandardisedRegression, says_nothing_where_there_is_nothing_to_say) {
  const Design x = latin_hypercube(10, {"a", "b"}, 1);
  EXPECT_FALSE(standardised_regression(x, std::vector<double>(10, 1.0)));  // nothing varies
  const Design few = latin_hypercube(3, {"a", "b"}, 1);
  EXPECT_FALSE(standardised_regression(few, std::vector<double>{1, 2, 4}));
  Design twins(10, 2);
  for (std::size_t i = 0; i < 10; ++i) twins.at(i, 0) = twins.at(i, 1) = x.at(i, 0);
  std::vector<double> y;
  for (std::size_t i = 0; i < 10; ++i) y.push_back(x.at(i, 1));
  EXPECT_FALSE(standardised_regression(twins, y));  // collinear
  Design constant = x;
  for (std::size_t i = 0; i < 10; ++i) constant.at(i, 0) = 7;
  const auto found = standardised_regression(constant, y);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->coefficients[0].estimate, 0);
  EXPECT_NEAR(found->coefficients[1].estimate, 1, 1e-12);
}

}  // namespace
}  // namespace sojourn::engine
