#pragma once
// Statistical tests with a stated false-alarm rate. Seeds are fixed, so that a test that passes does not fail by itself;
// the rate says how surprising a failure is after a change of code: |z| > 6 comes by chance in 2e-9 of all cases, two-sided
// (and more often by a factor of at most 10 where the estimate is a little off the normal).

#include "models/score/result.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace sojourn::tests {

inline constexpr double kAlarm = 6;

/// Standard errors between a figure and what is exact. A figure without chance must be exact to 1e-9.
inline double z_of(const models::Figure& figure, double exact) {
  const double off = figure.estimate - exact;
  if (figure.se > 0) return off / figure.se;
  return std::abs(off) <= 1e-9 ? 0 : std::numeric_limits<double>::infinity();
}

/// The figure agrees with `exact`, and would not agree with a value that is off by `visible`, which is what the test can
/// sees for certain: some 12 standard errors.
inline void expect_exact(const std::string& what, const models::Figure& figure, double exact, double visible) {
  EXPECT_LE(std::abs(z_of(figure, exact)), kAlarm)
      << what << ": " << figure.estimate << " +- " << figure.se << ", exactly " << exact;
  EXPECT_GT(std::abs(z_of(figure, exact + visible)), kAlarm)
      << what << ": an error of " << visible << " would not be seen";
  EXPECT_GT(std::abs(z_of(figure, exact - visible)), kAlarm)
      << what << ": an error of -" << visible << " would not be seen";
}

}  // namespace sojourn::tests
