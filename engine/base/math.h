#pragma once
// exp, log and logistic from + - * / alone. glibc's differ between CPUs with and without fused multiply-add, so the walk
// uses these: the same bits on every machine with IEEE-754 doubles, as long as the compiler does not contract (which
// the build forbids). Errors against correctly rounded values are tested to be below 2 units in the last place.

#include <bit>
#include <cstdint>

namespace sojourn::engine {

inline constexpr double kLn2High = 0x1.62e42fee00000p-1;  // ln 2 in two parts: the first has 21 trailing zero bits,
inline constexpr double kLn2Low = 0x1.a39ef35793c76p-33;  // so that k * kLn2High is exact for |k| < 2^20

/// e^x. 0 below -708.39 (no subnormals), +infinity above 709.78.
/// Reduction x = k ln 2 + r, |r| <= ln(2)/2 (Cody & Waite 1980, ch. 6), then the Maclaurin series of e^r to r^13,
/// whose remainder is below 1e-17.
inline double exp(double x) {
  if (!(x > -708.39)) return x != x ? x : 0.0;
  if (x > 709.78) return std::bit_cast<double>(std::uint64_t{0x7ff} << 52);
  constexpr double kShift = 0x1.8p52;  // adding it rounds to the nearest integer, which then stands in the low bits
  const double shifted = x * 0x1.71547652b82fep0 + kShift;
  const double k = shifted - kShift;
  const double r = (x - k * kLn2High) - k * kLn2Low;
  // (e^r - 1 - r) / r^2, in pairs so that the products do not wait for each other (Estrin 1960).
  const double r2 = r * r;
  const double r4 = r2 * r2;
  const double low = (0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0));
  const double middle = (1.0 / 720.0 + r * (1.0 / 5040.0)) + r2 * (1.0 / 40320.0 + r * (1.0 / 362880.0));
  const double high = (1.0 / 3628800.0 + r * (1.0 / 39916800.0)) + r2 * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0));
  const double p = low + r4 * (middle + r4 * high);
  const double e_r = 1.0 + (r + r2 * p);
  // Two factors, because 2^1024 itself is not a double.
  const auto n = static_cast<std::int64_t>(k);
  const auto half = n / 2;
  const double scale_a = std::bit_cast<double>(static_cast<std::uint64_t>(half + 1023) << 52);
  const double scale_b = std::bit_cast<double>(static_cast<std::uint64_t>(n - half + 1023) << 52);
  return e_r * scale_a * scale_b;
}

/// Natural logarithm of a positive normal x (0 gives -infinity; negative and subnormal x are not expected).
/// x = 2^k m with m in [sqrt(1/2), sqrt 2); log m = 2 artanh(s), s = (m - 1)/(m + 1), by its series to s^23
/// (Abramowitz & Stegun 1964, 4.1.27), whose remainder is below 1e-17.
inline double log(double x) {
  auto bits = std::bit_cast<std::uint64_t>(x);
  if (bits == 0) return -std::bit_cast<double>(std::uint64_t{0x7ff} << 52);
  auto k = static_cast<std::int64_t>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0x000f'ffff'ffff'ffffU) | (std::uint64_t{1023} << 52));
  if (m > 0x1.6a09e667f3bcdp0) {
    m *= 0.5;
    ++k;
  }
  const double f = m - 1.0;
  const double s = f / (m + 1.0);
  const double z = s * s;
  const double z2 = z * z;
  const double z4 = z2 * z2;
  const double low = (1.0 / 3.0 + z * (1.0 / 5.0)) + z2 * (1.0 / 7.0 + z * (1.0 / 9.0));
  const double middle = (1.0 / 11.0 + z * (1.0 / 13.0)) + z2 * (1.0 / 15.0 + z * (1.0 / 17.0));
  const double high = (1.0 / 19.0 + z * (1.0 / 21.0)) + z2 * (1.0 / 23.0);
  const double p = low + z4 * (middle + z4 * high);
  // log m = f - f^2/2 + s (f^2/2 + 2 s^2 p): the leading term f is exact, so nothing cancels near m = 1.
  const double half_square = 0.5 * f * f;
  const double tail = s * (half_square + 2.0 * z * p);
  const auto kd = static_cast<double>(k);
  return kd * kLn2High - ((half_square - (tail + kd * kLn2Low)) - f);
}

/// 1 / (1 + e^-x).
inline double logistic(double x) { return 1.0 / (1.0 + exp(-x)); }

}  // namespace sojourn::engine
