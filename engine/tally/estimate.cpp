#include "engine/tally/estimate.h"

#include "engine/base/contract.h"
#include "engine/tally/interval.h"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace sojourn::engine {
namespace {

// Sums have up to 192 bits, products of three of them with two 128-bit sums up to 450.
using Big = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    768, 768, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>>;

Big big(Int128 x) {
  const bool negative = x < 0;
  const auto bits = negative ? -static_cast<Uint128>(x) : static_cast<Uint128>(x);
  Big result = bits;
  if (negative) result.backend().negate();
  return result;
}

Big big(const WideSum& sum) {
  Big result = big(sum.lower());
  if (sum.high != 0) result += Big(sum.high) * (Big(1) << 128);
  return result;
}

/// sum (a - R b)^2 / (sum b)^2 with R = sum a / sum b: the variance of the ratio but for the factor m / (m - 1).
double linearised(const RatioSums& s) {
  const Big a = big(s.a);
  const Big b = big(s.b);
  const Big numerator = b * b * big(s.aa) - 2 * a * b * big(s.ab) + a * a * big(s.bb);
  const double b_ratio = static_cast<double>(b);
  // numerator / b^4, in an order that neither over- nor underflows.
  return static_cast<double>(numerator) / b_ratio / b_ratio / b_ratio / b_ratio;
}

/// The same for the product of two cases' deviations.
double linearised(const RatioSums& s1, const RatioSums& s2, const CrossSums& cross) {
  const Big a1 = big(s1.a);
  const Big b1 = big(s1.b);
  const Big a2 = big(s2.a);
  const Big b2 = big(s2.b);
  const Big numerator =
      b1 * b2 * big(cross.a1a2) - b1 * a2 * big(cross.a1b2) - a1 * b2 * big(cross.b1a2) + a1 * a2 * big(cross.b1b2);
  const double d1 = static_cast<double>(b1);
  const double d2 = static_cast<double>(b2);
  return static_cast<double>(numerator) / d1 / d2 / d1 / d2;
}

double ratio(const RatioSums& s) { return static_cast<double>(big(s.a)) / static_cast<double>(big(s.b)); }

double small_sample(std::uint64_t observations) {
  const auto m = static_cast<double>(observations);
  return m / (m - 1);
}

void set_interval(Estimate& e, double critical, double low, double high) {
  e.lo = std::max(low, e.value - critical * e.se);
  e.hi = std::min(high, e.value + critical * e.se);
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

RatioSums mean_sums(std::uint64_t agents, const Moments& moments) {
  RatioSums sums;
  sums.observations = agents;
  sums.a = moments.sum;
  sums.b = static_cast<Int128>(agents);
  sums.aa = moments.squares;
  sums.ab.add(moments.sum);
  sums.bb.add(static_cast<Int128>(agents));
  return sums;
}

RatioSums ratio_sums(std::uint64_t reached, const Moments& per, const RatioMoments& ratio) {
  return {reached, ratio.a.sum, per.sum, ratio.a.squares, ratio.ab(), per.squares};
}

Estimate with_interval(double value, double se, double degrees, std::uint64_t observations, Shape shape) {
  Estimate e;
  e.value = value;
  e.se = se;
  const double critical = student_t(kZ95, degrees);
  if (shape == Shape::real) {
    set_interval(e, critical, -kInfinity, kInfinity);
  } else if (shape == Shape::bounded_share) {
    set_interval(e, critical, 0.0, 1.0);
  } else {
    // Visits of one agent are alike: the design effect shrinks their number to what independent ones would be worth.
    // Controls can move an estimate from few to 0, 1 or beyond, where that number says nothing.
    const double share = std::clamp(e.value, 0.0, 1.0);
    const double independent = e.se > 0 ? share * (1 - share) / (e.se * e.se) : 0;
    const double n = independent > 0 ? independent : static_cast<double>(observations);
    std::tie(e.lo, e.hi) = wilson(share, n, critical);
  }
  return e;
}

Estimate estimate(const RatioSums& sums, double unit, Shape shape) {
  Estimate e;
  if (sums.b == 0) return e;
  e.value = ratio(sums) * unit;
  if (sums.observations < 2) return e;
  const double se = std::sqrt(linearised(sums) * small_sample(sums.observations)) * unit;
  return with_interval(e.value, se, static_cast<double>(sums.observations - 1), sums.observations, shape);
}

Estimate estimate_difference(const RatioSums& base, const RatioSums& scenario, const CrossSums& cross, double unit) {
  Estimate e;
  if (base.b == 0 || scenario.b == 0) return e;
  e.value = (ratio(scenario) - ratio(base)) * unit;
  const std::uint64_t observations = std::min(base.observations, scenario.observations);
  if (observations < 2) return e;
  const double spread = linearised(base) + linearised(scenario) - 2 * linearised(base, scenario, cross);
  e.se = std::sqrt(std::max(0.0, spread) * small_sample(observations)) * unit;
  set_interval(e, student_t(kZ95, static_cast<double>(observations - 1)), -kInfinity, kInfinity);
  return e;
}

double variance(const RatioSums& sums, double unit) {
  if (sums.observations < 2) return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(sums.observations);
  return linearised(sums) * n * small_sample(sums.observations) * unit * unit;
}

double covariance(std::uint64_t agents, Sum a, Sum b, const WideSum& ab) {
  const auto n = static_cast<double>(agents);
  const Big scaled = Big(agents) * big(ab) - big(a) * big(b);
  return static_cast<double>(scaled) / n / n;
}

Estimate estimate_spread(const RatioSums& sums, const Histogram& histogram, double unit) {
  Estimate e;
  if (sums.observations < 2) return e;
  const auto n = static_cast<double>(sums.observations);
  const double sd = std::sqrt(variance(sums, 1.0));
  e.value = sd * unit;
  if (!(sd > 0)) {
    e.se = 0;
  } else {
    const double fourth = histogram.central_moment(ratio(sums), 4);
    e.se = std::sqrt(std::max(0.0, (fourth - sd * sd * sd * sd) / n)) / (2 * sd) * unit;
  }
  set_interval(e, student_t(kZ95, n - 1), 0.0, kInfinity);
  return e;
}

Estimate estimate_quantile(const Histogram& histogram, double p, double unit) {
  Estimate e;
  const auto n = static_cast<double>(histogram.total());
  if (n < 1) return e;
  e.value = histogram.at_rank(n * p) * unit;
  if (n < 2) return e;
  const double half = kZ95 * std::sqrt(n * p * (1 - p));
  e.lo = histogram.at_rank(std::max(0.0, n * p - half)) * unit;
  e.hi = histogram.at_rank(std::min(n, n * p + half)) * unit;
  e.se = (e.hi - e.lo) / (2 * kZ95);
  return e;
}

Estimate unpaired_difference(const Estimate& base, const Estimate& scenario) {
  Estimate e;
  e.value = scenario.value - base.value;
  e.se = std::sqrt(base.se * base.se + scenario.se * scenario.se);
  set_interval(e, kZ95, -kInfinity, kInfinity);
  if (e.value != e.value) e.lo = e.hi = e.value;
  return e;
}

}  // namespace sojourn::engine
