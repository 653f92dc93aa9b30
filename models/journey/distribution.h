#pragma once
// A distribution as the file gives it, in one canonical parametrisation per family.

#include <utility>
#include <vector>

namespace sojourn::models {

/// Parameters by family (points of the 0..10 scale, or milliseconds for durations):
///   constant      a = value
///   normal        a = mean,   b = sd
///   lognormal     a = median, b = sigma    ({mean, sd}: sigma^2 = ln(1 + (sd/mean)^2), median = mean exp(-sigma^2/2))
///   exponential   a = mean
///   gamma         a = mean,   b = sd       (shape (mean/sd)^2)
///   uniform       a = low,    b = high
///   triangular    a = low,    b = mode,   c = high
///   beta          a = mean,   b = sd       (10 Beta(m n, (1-m) n), m = mean/10, n = m(1-m)/(sd/10)^2 - 1 > 0)
///   discrete      points = (value, weight), rising in value
/// A width of 0 has become `constant` already.
struct Distribution {
  enum class Family { constant, normal, lognormal, exponential, gamma, uniform, triangular, beta, discrete };
  Family family = Family::constant;
  double a = 0;
  double b = 0;
  double c = 0;
  std::vector<std::pair<double, double>> points;

  friend bool operator==(const Distribution&, const Distribution&) = default;
};

}  // namespace sojourn::models
