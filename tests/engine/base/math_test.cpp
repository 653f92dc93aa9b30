#include "engine/base/math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace sojourn::tests {
namespace {

static_assert(std::numeric_limits<long double>::digits >= 64, "the exact side needs more digits than a double has");

constexpr int kPoints = 1'000'000;

/// The error of `ours` in units in the last place of `exact`.
double error_in_ulp(double ours, long double exact) {
  const double rounded = static_cast<double>(exact);
  const double ulp = std::nextafter(std::abs(rounded), HUGE_VAL) - std::abs(rounded);
  return static_cast<double>(std::abs(static_cast<long double>(ours) - exact) / static_cast<long double>(ulp));
}

/// Evenly from `low` to `high`, and the same bits on every machine.
double spread_evenly(std::mt19937_64& bits, double low, double high) {
  return low + (high - low) * (static_cast<double>(bits() >> 11) * 0x1p-53);
}

double worst_exp_error(double low, double high) {
  std::mt19937_64 bits(1);
  double worst = 0;
  for (int i = 0; i < kPoints; ++i) {
    const double x = spread_evenly(bits, low, high);
    worst = std::max(worst, error_in_ulp(engine::exp(x), std::exp(static_cast<long double>(x))));
  }
  return worst;
}

TEST(Math, exp_is_within_2_ulp) {
  EXPECT_LT(worst_exp_error(-708.39, 709.78), 2);
  EXPECT_LT(worst_exp_error(-1, 1), 2);
  EXPECT_LT(worst_exp_error(-1e-8, 1e-8), 2);
}

/// The shorter ones are exp, to the last bit, where they may be used.
TEST(Math, exp_has_the_same_bits_in_short) {
  std::mt19937_64 bits(5);
  std::uniform_real_distribution<double> any(-engine::formula::kExpWithin, engine::formula::kExpWithin);
  for (int i = 0; i < kPoints / 10; ++i) {
    const double x = any(bits);
    ASSERT_EQ(engine::formula::exp_within(x), engine::exp(x)) << x;
    const double negative = x > 0 ? -x * 1.1 : x * 1.1;
    ASSERT_EQ(engine::formula::exp_of_negative(negative), engine::exp(negative)) << negative;
  }
  for (const double x : {0.0, -0.0, -708.39, std::nextafter(-708.39, 0), -1e300}) {
    EXPECT_EQ(engine::formula::exp_of_negative(x), engine::exp(x)) << x;
  }
}

TEST(Math, exp_at_its_edges) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(engine::exp(0.0), 1.0);
  EXPECT_EQ(engine::exp(-0.0), 1.0);
  EXPECT_EQ(engine::exp(-708.39), 0.0);
  EXPECT_GT(engine::exp(std::nextafter(-708.39, 0)), 2e-308);
  EXPECT_EQ(engine::exp(-1e300), 0.0);
  EXPECT_EQ(engine::exp(-kInfinity), 0.0);
  EXPECT_TRUE(std::isfinite(engine::exp(709.78)));
  EXPECT_LT(error_in_ulp(engine::exp(709.78), std::exp(static_cast<long double>(709.78))), 2);
  EXPECT_EQ(engine::exp(std::nextafter(709.78, 710)), kInfinity);
  EXPECT_EQ(engine::exp(kInfinity), kInfinity);
  EXPECT_TRUE(std::isnan(engine::exp(std::numeric_limits<double>::quiet_NaN())));
}

double worst_log_error(int low_exponent, int high_exponent) {
  std::mt19937_64 bits(2);
  double worst = 0;
  for (int i = 0; i < kPoints; ++i) {
    const double x = std::ldexp(spread_evenly(bits, 1, 2), low_exponent + i % (high_exponent - low_exponent));
    worst = std::max(worst, error_in_ulp(engine::log(x), std::log(static_cast<long double>(x))));
  }
  return worst;
}

TEST(Math, log_is_within_2_ulp) {
  EXPECT_LT(worst_log_error(-1022, 1023), 2);
  EXPECT_LT(worst_log_error(-33, 1), 2);  // where uniforms lie
  EXPECT_LT(worst_log_error(-1, 1), 2);
}

TEST(Math, log_near_1_does_not_cancel) {
  std::mt19937_64 bits(3);
  for (int i = 0; i < kPoints / 10; ++i) {
    const double x = 1 + std::ldexp(spread_evenly(bits, -1, 1), -i % 52);
    if (x <= 0) continue;
    ASSERT_LE(error_in_ulp(engine::log(x), std::log(static_cast<long double>(x))), 2) << x;
  }
  EXPECT_EQ(engine::log(1.0), 0.0);
}

TEST(Math, log_at_its_edges) {
  EXPECT_EQ(engine::log(0.0), -std::numeric_limits<double>::infinity());
  EXPECT_LT(error_in_ulp(engine::log(std::numeric_limits<double>::min()),
                         std::log(static_cast<long double>(std::numeric_limits<double>::min()))),
            2);
  EXPECT_LT(error_in_ulp(engine::log(std::numeric_limits<double>::max()),
                         std::log(static_cast<long double>(std::numeric_limits<double>::max()))),
            2);
}

TEST(Math, logistic_is_symmetric_and_does_not_overflow) {
  EXPECT_EQ(engine::logistic(0.0), 0.5);
  EXPECT_EQ(engine::logistic(-1000.0), 0.0);
  EXPECT_EQ(engine::logistic(1000.0), 1.0);
  for (double x = -30; x <= 30; x += 0.37) {
    EXPECT_NEAR(engine::logistic(x), static_cast<double>(1 / (1 + std::exp(-static_cast<long double>(x)))), 4e-16);
    EXPECT_NEAR(engine::logistic(x) + engine::logistic(-x), 1.0, 3e-16);
  }
}

TEST(Math, an_error_of_3_ulp_would_be_seen) {
  // The measure itself: three neighbours off is three units.
  double x = std::exp(1.25);
  const long double exact = static_cast<long double>(x);
  for (int i = 0; i < 3; ++i) x = std::nextafter(x, HUGE_VAL);
  EXPECT_EQ(error_in_ulp(x, exact), 3);
}

}  // namespace
}  // namespace sojourn::tests
