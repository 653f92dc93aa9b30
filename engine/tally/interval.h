#pragma once
// Critical values and interval forms, from + - * / sqrt and our own exp and log only.

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace sojourn::engine {

inline constexpr double kZ95 = 1.959963984540054;  // the 0.975 quantile of the standard normal

/// P(Z <= x). Marsaglia 2004, "Evaluating the normal distribution", Journal of Statistical Software 11(4): the series
/// 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...); absolute error below 1e-15.
double normal_cdf(double x);

/// The t quantile that belongs to the normal quantile z > 0 (Abramowitz & Stegun 1964, 26.7.5, to order 4). degrees >= 1;
/// relative error below 1e-3 from 5 degrees on and below 1e-9 from 1,000 on.
double student_t(double z, double degrees);

/// Wilson's score interval for a share of n independent yes/no observations (Wilson 1927, JASA 22). n > 0.
std::pair<double, double> wilson(double share, double n, double z);

/// The c for which all of k standardised, jointly normal estimates lie within +-c with probability 0.95 (max-t, Hothorn,
/// Bretz & Westfall 2008, Biometrical Journal 50(3)), by 40,000 keyed draws; correlations: k x k, row by row.
double max_t_critical(std::span<const double> correlations, std::size_t k);

}  // namespace sojourn::engine
