#pragma once
// From exact sums to estimates. Agents are independent; an agent's visits are not, so a per-visit figure is a ratio of two
// per-agent totals and its error is that of a ratio estimator (Cochran 1977, Sampling Techniques, 3rd ed., eq. 2.39).
// Variances are formed in exact integer arithmetic and rounded once, so nothing cancels and no bit depends on libm.

#include "engine/tally/tally.h"

#include <cstdint>
#include <limits>

namespace sojourn::engine {

/// NaN where something does not exist.
struct Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double se = std::numeric_limits<double>::quiet_NaN();
  double lo = std::numeric_limits<double>::quiet_NaN();  // 95 % interval
  double hi = std::numeric_limits<double>::quiet_NaN();
};

/// What the estimated quantity is, which decides the form of its interval.
enum class Shape {
  real,           // normal interval, Student's t
  bounded_share,  // a mean of shares in 0..1: as real, cut to 0..1
  binary_share    // a share of yes/no observations: Wilson's interval
};

/// A ratio sum(a)/sum(b) over agents, with its exact sums. For a mean per agent b is 1 for each.
struct RatioSums {
  std::uint64_t observations = 0;  // agents with b > 0
  Int128 a = 0;
  Int128 b = 0;
  WideSum aa, ab, bb;
};

/// Products across base (1) and scenario (2) over the agents that are in both.
struct CrossSums {
  WideSum a1a2, a1b2, b1a2, b1b2;
};

RatioSums mean_sums(std::uint64_t agents, const Moments& moments);
RatioSums ratio_sums(std::uint64_t reached, const Moments& per, const RatioMoments& ratio);

/// An estimate of that form with its interval. `degrees`: of freedom of its standard error; `observations`: as RatioSums.
Estimate with_interval(double value, double se, double degrees, std::uint64_t observations, Shape shape);

/// The ratio times `unit`. No observation: does not exist; one: no error.
Estimate estimate(const RatioSums& sums, double unit, Shape shape);

/// Ratio 2 less ratio 1, over the same agents.
Estimate estimate_difference(const RatioSums& base, const RatioSums& scenario, const CrossSums& cross, double unit);

/// Standard deviation of a per-agent score, with the error of a standard deviation from the fourth central moment
/// (Cramer 1946, Mathematical Methods of Statistics, 27.7.1), taken from its histogram.
Estimate estimate_spread(const RatioSums& sums, const Histogram& histogram, double unit);

/// The p-quantile of a per-agent score with the interval between the order statistics at ranks n p -+ z sqrt(n p (1-p))
/// (Conover 1999, Practical Nonparametric Statistics, 3rd ed., 3.2); se is a quarter of the interval's width over z/2.
Estimate estimate_quantile(const Histogram& histogram, double p, double unit);

/// Difference of two estimates of which only the single errors are known: as if independent, which is too wide for paired
/// runs, never too narrow as long as they are not negatively correlated.
Estimate unpaired_difference(const Estimate& base, const Estimate& scenario);

/// Variance over agents of a per-agent score, in the square of `unit`.
double variance(const RatioSums& sums, double unit);

/// Covariance over agents of two per-agent quantities, from their sums and the sum of their products.
double covariance(std::uint64_t agents, Sum a, Sum b, const WideSum& ab);

}  // namespace sojourn::engine
