#include "engine/tally/interval.h"

#include "engine/base/contract.h"

#include <gtest/gtest.h>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <cmath>
#include <limits>
#include <vector>

namespace sojourn::tests {
namespace {

TEST(NormalCdf, is_boosts) {
  const boost::math::normal normal;
  for (double x = -9; x <= 9; x += 0.0137) EXPECT_NEAR(engine::normal_cdf(x), boost::math::cdf(normal, x), 1e-15) << x;
  EXPECT_EQ(engine::normal_cdf(0), 0.5);
  EXPECT_EQ(engine::normal_cdf(40), 1);
  EXPECT_EQ(engine::normal_cdf(-40), 0);
  EXPECT_TRUE(std::isnan(engine::normal_cdf(std::numeric_limits<double>::quiet_NaN())));
}

TEST(StudentT, is_boosts_as_closely_as_it_says) {
  for (const double degrees : {5.0, 6.0, 8.0, 10.0, 20.0, 50.0, 100.0, 999.0}) {
    const double exact = boost::math::quantile(boost::math::students_t(degrees), 0.975);
    EXPECT_NEAR(engine::student_t(engine::kZ95, degrees) / exact, 1, 1e-3) << degrees;
  }
  for (const double degrees : {1e3, 1e4, 1e6, 1e9}) {
    const double exact = boost::math::quantile(boost::math::students_t(degrees), 0.975);
    EXPECT_NEAR(engine::student_t(engine::kZ95, degrees) / exact, 1, 1e-9) << degrees;
  }
  EXPECT_GT(engine::student_t(engine::kZ95, 4), engine::student_t(engine::kZ95, 5));
  EXPECT_THROW(engine::student_t(engine::kZ95, 0.5), engine::ContractViolation);
}

TEST(Wilson, ends_are_the_shares_that_are_just_not_rejected) {
  // |share - p| = z sqrt(p (1 - p) / n) at both ends (Wilson 1927).
  for (const double n : {5.0, 40.0, 1234.5, 1e6}) {
    for (const double share : {0.01, 0.2, 0.5, 0.93}) {
      const auto [lo, hi] = engine::wilson(share, n, engine::kZ95);
      for (const double p : {lo, hi})
        EXPECT_NEAR(std::abs(share - p), engine::kZ95 * std::sqrt(p * (1 - p) / n), 1e-14);
      EXPECT_LT(lo, share);
      EXPECT_GT(hi, share);
    }
  }
}

TEST(Wilson, at_0_and_1_begins_there) {
  const auto [lo0, hi0] = engine::wilson(0, 10, engine::kZ95);
  EXPECT_EQ(lo0, 0);
  EXPECT_NEAR(hi0, 0.2775328, 1e-7);  // z^2 / (n + z^2)
  const auto [lo1, hi1] = engine::wilson(1, 10, engine::kZ95);
  EXPECT_EQ(hi1, 1);
  EXPECT_NEAR(lo1, 1 - 0.2775328, 1e-7);
  EXPECT_THROW(engine::wilson(0.5, 0, engine::kZ95), engine::ContractViolation);
}

TEST(Wilson, covers_where_the_plain_interval_does_not) {
  // Exact coverage at p = 0.02, n = 100, by the binomial distribution.
  const boost::math::binomial_distribution<> binomial(100, 0.02);
  double wilson = 0;
  double plain = 0;
  for (int k = 0; k <= 100; ++k) {
    const double share = k / 100.0;
    const auto [lo, hi] = engine::wilson(share, 100, engine::kZ95);
    const double half = engine::kZ95 * std::sqrt(share * (1 - share) / 100);
    const double chance = boost::math::pdf(binomial, k);
    if (lo <= 0.02 && 0.02 <= hi) wilson += chance;
    if (share - half <= 0.02 && 0.02 <= share + half) plain += chance;
  }
  EXPECT_GT(wilson, 0.94);
  EXPECT_LT(plain, 0.88);
}

std::vector<double> equal_correlations(std::size_t k, double correlation) {
  std::vector<double> matrix(k * k, correlation);
  for (std::size_t i = 0; i < k; ++i) matrix[i * k + i] = 1;
  return matrix;
}

TEST(MaxT, of_one_is_the_normal_quantile) {
  EXPECT_EQ(engine::max_t_critical(std::vector<double>{1.0}, 1), engine::kZ95);
  EXPECT_EQ(engine::max_t_critical({}, 0), engine::kZ95);
}

TEST(MaxT, is_that_of_equally_correlated_normals) {
  // P(max |Z| <= c) = 0.95 by Gauss-Legendre quadrature over the common factor. The quantile of 40,000 draws has a standard
  // error of about 0.01, and the draws are always the same.
  struct Known {
    std::size_t k;
    double correlation;
    double critical;
  };
  for (const Known& known : {Known{2, 0, 2.2365}, Known{3, 0, 2.3877}, Known{10, 0, 2.7996}, Known{2, 0.5, 2.2121},
                             Known{5, 0.5, 2.5115}, Known{5, 0.9, 2.2743}, Known{4, 0.3, 2.4750}}) {
    EXPECT_NEAR(engine::max_t_critical(equal_correlations(known.k, known.correlation), known.k), known.critical, 0.03)
        << known.k << " with " << known.correlation;
  }
}

TEST(MaxT, of_equal_scenarios_is_that_of_one) {
  EXPECT_NEAR(engine::max_t_critical(equal_correlations(4, 1), 4), engine::kZ95, 0.03);
  // Two pairs of equals are two.
  const std::vector<double> pairs = {1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1};
  EXPECT_NEAR(engine::max_t_critical(pairs, 4), 2.2365, 0.03);
}

TEST(MaxT, does_not_mind_the_sign) {
  const std::vector<double> opposite = {1, -0.5, -0.5, 1};
  EXPECT_NEAR(engine::max_t_critical(opposite, 2), 2.2121, 0.03);
}

TEST(MaxT, is_never_below_one_comparison_nor_above_bonferroni) {
  for (const std::size_t k : {2U, 6U, 20U}) {
    for (const double correlation : {0.0, 0.4, 0.99}) {
      const double critical = engine::max_t_critical(equal_correlations(k, correlation), k);
      EXPECT_GE(critical, engine::kZ95);
      EXPECT_LE(critical, boost::math::quantile(boost::math::normal(), 1 - 0.025 / static_cast<double>(k)) + 0.03);
    }
  }
}

TEST(MaxT, is_the_same_every_time) {
  const auto correlations = equal_correlations(3, 0.2);
  EXPECT_EQ(engine::max_t_critical(correlations, 3), engine::max_t_critical(correlations, 3));
}

}  // namespace
}  // namespace sojourn::tests
