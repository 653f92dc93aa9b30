#pragma once
// The inverse of a distribution function that can be evaluated and has no closed inverse.

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace sojourn::models::exact {

/// y in [low, high] with share(y) = target, 0 < target < 1, for a `share` that rises with y, or falls if `falls`; an end where it never
/// comes to that. Logarithms of the shares are compared, so that tails keep their relative accuracy. Bracketed (Alefeld, Potra & Shi 1995,
/// algorithm 748).
template <class Share>
double inverse(Share share, double target, double low, double high, bool falls) {
  const double wanted = std::log(target);
  const auto off = [&](double y) {
    const double difference = std::log(std::max(share(y), 1e-320)) - wanted;
    return falls ? -difference : difference;
  };
  const double at_low = off(low);
  const double at_high = off(high);
  if (at_low >= 0) return low;
  if (at_high <= 0) return high;
  std::uintmax_t steps = 200;
  const auto [from, to] = boost::math::tools::toms748_solve(off, low, high, at_low, at_high,
                                                            boost::math::tools::eps_tolerance<double>(50), steps);
  return 0.5 * (from + to);
}

}  // namespace sojourn::models::exact
