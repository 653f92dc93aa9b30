// The quantile functions against Boost.Math, over all of (0, 1) that 32-bit uniforms reach.

#include "engine/random/quantile.h"

#include "engine/random/luck.h"
#include "engine/random/normal.h"

#include <gtest/gtest.h>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/triangular.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace sojourn::tests {
namespace {

using engine::Quantile;
using engine::QuantilePool;
using engine::uniform;

/// Words from both ends, the middle, and between: `count` of them or a few more, rising.
std::vector<std::uint32_t> words(std::uint32_t count) {
  std::vector<std::uint32_t> list = {0, 1, 2, 3, 10, 100, 1'000, 10'000, 100'000};
  for (std::uint64_t i = 1; i < count; ++i) list.push_back(static_cast<std::uint32_t>((i << 32) / count));
  for (const std::uint32_t below_top : {100'000U, 10'000U, 1'000U, 100U, 10U, 3U, 2U, 1U, 0U})
    list.push_back(0xffffffffU - below_top);
  std::sort(list.begin(), list.end());
  return list;
}

void expect_rising(const Quantile& quantile, const std::string& what) {
  double last = -HUGE_VAL;
  for (const std::uint32_t word : words(100'000)) {
    const double x = quantile(uniform(word));
    ASSERT_GE(x, last) << what << " at word " << word;
    last = x;
  }
  // Neighbouring words, where cubics of the tables meet and elsewhere.
  for (const std::uint32_t start : {0U, 0x7fffff00U, 0x12345678U, 0x40000000U - 128, 0xc0000000U - 128, 0xfffffe00U}) {
    last = -HUGE_VAL;
    for (std::uint32_t word = start; word < start + 256; ++word) {
      const double x = quantile(uniform(word));
      ASSERT_GE(x, last) << what << " at word " << word;
      last = x;
    }
  }
}

TEST(NormalQuantile, is_boosts_to_1e_14) {
  const boost::math::normal_distribution<long double> normal;
  for (const std::uint32_t word : words(20'000)) {
    const double u = uniform(word);
    const auto exact = static_cast<double>(boost::math::quantile(normal, static_cast<long double>(u)));
    ASSERT_NEAR(engine::normal_quantile(u), exact, 1e-14 * std::max(1.0, std::abs(exact))) << u;
  }
}

TEST(NormalQuantile, reaches_beyond_32_bits) {
  const boost::math::normal_distribution<long double> normal;
  for (const double u : {1e-300, 1e-100, 1e-20, 1e-12, 0.075, 0.925, 0.9999999999}) {
    const auto exact = static_cast<double>(boost::math::quantile(normal, static_cast<long double>(u)));
    EXPECT_NEAR(engine::normal_quantile(u) / exact, 1, 1e-13) << u;
  }
}

TEST(Quantile, of_a_normal_is_boosts_to_3e_8) {
  QuantilePool pool;
  const Quantile quantile = pool.normal(7.5, 2);
  const boost::math::normal normal(7.5, 2);
  for (const std::uint32_t word : words(50'000)) {
    const double u = uniform(word);
    ASSERT_NEAR(quantile(u), boost::math::quantile(normal, u), 2 * 3e-8) << u;
  }
  expect_rising(quantile, "normal");
}

TEST(Quantile, of_a_normal_is_symmetric) {
  QuantilePool pool;
  const Quantile quantile = pool.normal(0, 1);
  for (const std::uint32_t word : words(1'000))
    ASSERT_EQ(quantile(uniform(word)), -quantile(uniform(0xffffffffU - word)));
}

TEST(Quantile, of_a_lognormal_is_that_of_its_normal) {
  QuantilePool pool;
  const Quantile quantile = pool.lognormal(10, 0.5);
  const boost::math::normal normal;
  for (const std::uint32_t word : words(10'000)) {
    const double exact = 10 * std::exp(0.5 * boost::math::quantile(normal, uniform(word)));
    ASSERT_NEAR(quantile(uniform(word)) / exact, 1, 3e-8) << word;
  }
  expect_rising(quantile, "lognormal");
  expect_rising(pool.lognormal(10, 20), "wide lognormal");
}

TEST(Quantile, of_an_exponential_is_exact) {
  QuantilePool pool;
  const Quantile quantile = pool.exponential(3);
  for (const std::uint32_t word : words(10'000)) {
    const long double u = uniform(word);
    ASSERT_NEAR(quantile(uniform(word)), static_cast<double>(-3 * std::log1p(-u)),
                1e-15 + 1e-14 * quantile(uniform(word)))
        << word;
  }
  expect_rising(quantile, "exponential");
}

TEST(Quantile, of_a_uniform_is_exact) {
  QuantilePool pool;
  const Quantile quantile = pool.uniform(-2, 6);
  EXPECT_EQ(quantile(0.25), 0);
  EXPECT_EQ(quantile(0.5), 2);
  EXPECT_GT(quantile(uniform(0)), -2);
  EXPECT_LT(quantile(uniform(0xffffffffU)), 6);
  expect_rising(quantile, "uniform");
}

TEST(Quantile, of_a_triangle_is_boosts) {
  QuantilePool pool;
  for (const auto& [low, mode, high] : {std::tuple(1.0, 3.0, 11.0), std::tuple(-2.0, 0.0, 0.5)}) {
    const Quantile quantile = pool.triangular(low, mode, high);
    const boost::math::triangular triangle(low, mode, high);
    for (const std::uint32_t word : words(10'000)) {
      ASSERT_NEAR(quantile(uniform(word)), boost::math::quantile(triangle, uniform(word)), 1e-12) << word;
    }
    expect_rising(quantile, "triangle");
  }
  // Corners that coincide.
  const Quantile left = pool.triangular(2, 2, 5);
  const Quantile right = pool.triangular(2, 5, 5);
  EXPECT_NEAR(left(0.75), 5 - std::sqrt(0.25 * 3 * 3), 1e-14);
  EXPECT_NEAR(right(0.25), 2 + std::sqrt(0.25 * 3 * 3), 1e-14);
  expect_rising(left, "left triangle");
  expect_rising(right, "right triangle");
}

/// A gamma of mean 1 is boost's, relative where it is above `floor` and absolute below, where a gamma piles up at 0.
void expect_gamma(double sd, double tolerance, double floor) {
  QuantilePool pool;
  const Quantile quantile = pool.gamma(1, sd);
  const double shape = 1 / (sd * sd);
  const boost::math::gamma_distribution<> gamma(shape, 1 / shape);
  for (const std::uint32_t word : words(2'000)) {
    const double exact = boost::math::quantile(gamma, uniform(word));
    ASSERT_NEAR(quantile(uniform(word)), exact, tolerance * std::max(exact, floor)) << "sd " << sd << ", word " << word;
  }
  expect_rising(quantile, "gamma of sd " + std::to_string(sd));
}

TEST(Quantile, of_a_gamma_is_boosts_to_1e_6) {
  for (const double sd : {0.001, 0.01, 0.1, 0.3, 1.0, 1.5, 3.0}) expect_gamma(sd, 1e-6, 1e-3);  // shapes 1e6 to 0.11
}

TEST(Quantile, of_a_gamma_of_tiny_shape_is_boosts_to_1e_4) {
  for (const double sd : {5.0, 10.0}) expect_gamma(sd, 1e-4, 1e-3);  // shapes 0.04 and 0.01
}

TEST(Quantile, of_a_beta_is_boosts_to_1e_6) {
  QuantilePool pool;
  for (const auto& [alpha, beta] : {std::pair(2.0, 3.0), std::pair(8.0, 2.0), std::pair(0.5, 0.5), std::pair(1.0, 1.0),
                                    std::pair(0.2, 3.0), std::pair(200.0, 100.0), std::pair(5.0, 0.3)}) {
    const Quantile quantile = pool.beta(alpha, beta, 10);
    const boost::math::beta_distribution<> exact(alpha, beta);
    for (const std::uint32_t word : words(2'000)) {
      ASSERT_NEAR(quantile(uniform(word)), 10 * boost::math::quantile(exact, uniform(word)), 1e-6)
          << alpha << ", " << beta << ", word " << word;
      ASSERT_GE(quantile(uniform(word)), 0);
      ASSERT_LE(quantile(uniform(word)), 10);
    }
    expect_rising(quantile, "beta " + std::to_string(alpha) + ", " + std::to_string(beta));
  }
}

TEST(Quantile, of_a_discrete_has_exact_thresholds) {
  QuantilePool pool;
  const Quantile quantile = pool.discrete({{-3, 1}, {0, 0}, {2, 2}, {9, 1}});
  EXPECT_EQ(quantile(uniform(0)), -3);
  EXPECT_EQ(quantile(std::nextafter(0.25, 0)), -3);
  EXPECT_EQ(quantile(0.25), 2);  // the first whose cumulated share is above u
  EXPECT_EQ(quantile(std::nextafter(0.75, 0)), 2);
  EXPECT_EQ(quantile(0.75), 9);
  EXPECT_EQ(quantile(uniform(0xffffffffU)), 9);
  expect_rising(quantile, "discrete");
  // Implemented and wanted probability, in words: k of 2^32 with |k / 2^32 - p| <= 2^-32.
  std::uint64_t low = 0;
  std::uint64_t high = std::uint64_t{1} << 32;
  const Quantile third = pool.discrete({{0, 1}, {1, 2}});
  while (low < high) {
    const std::uint64_t middle = (low + high) / 2;
    if (third(uniform(static_cast<std::uint32_t>(middle))) == 0)
      low = middle + 1;
    else
      high = middle;
  }
  EXPECT_LE(std::abs(static_cast<double>(low) * 0x1p-32 - 1.0 / 3), 0x1p-32);
}

TEST(Quantile, of_a_discrete_is_one_value_if_only_one_has_weight) {
  QuantilePool pool;
  const Quantile quantile = pool.discrete({{1, 0}, {5, 0.3}, {7, 0}});
  for (const std::uint32_t word : words(100)) EXPECT_EQ(quantile(uniform(word)), 5);
}

TEST(Quantile, of_a_constant_is_it) {
  QuantilePool pool;
  EXPECT_EQ(pool.constant(4.25)(0.1), 4.25);
}

TEST(Quantile, outlives_the_making_of_others) {
  QuantilePool pool;
  const Quantile first = pool.gamma(2, 1);
  const double before = first(0.3);
  for (int i = 1; i < 200; ++i) pool.gamma(2, 1 + 0.01 * i);
  EXPECT_EQ(first(0.3), before);
}

TEST(Quantile, an_error_of_1_in_100000_is_seen) {
  // Planted: the gamma of a slightly wrong sd is not boost's to 1e-6.
  QuantilePool pool;
  const boost::math::gamma_distribution<> gamma(4, 0.25);
  EXPECT_GT(std::abs(pool.gamma(1, 0.500005)(0.9) - boost::math::quantile(gamma, 0.9)), 1e-6);
}

}  // namespace
}  // namespace sojourn::tests
