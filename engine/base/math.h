#pragma once
// exp, log and logistic from + - * / alone. glibc's differ between CPUs with and without fused multiply-add, so the walk
// uses these: the same bits on every machine with IEEE-754 doubles, as long as the compiler does not contract (which
// the build forbids). Errors against correctly rounded values are tested to be below 2 units in the last place.
// The formulas are in math.inl, for one number and for lanes of them alike.

#include <bit>
#include <cstdint>

#define SOJOURN_FORMULA inline

namespace sojourn::engine {

inline constexpr double kLn2High = 0x1.62e42fee00000p-1;  // ln 2 in two parts: the first has 21 trailing zero bits,
inline constexpr double kLn2Low = 0x1.a39ef35793c76p-33;  // so that k * kLn2High is exact for |k| < 2^20
/// Adding it rounds |x| < 2^51 to the nearest integer (ties to even), which then stands in the low bits.
inline constexpr double kWholeShift = 0x1.8p52;

namespace formula {

inline double select(bool which, double yes, double no) { return which ? yes : no; }
template <class R>
R number_of_bits(std::uint64_t bits) {
  return std::bit_cast<R>(bits);
}
/// The integer in the low bits of x + kWholeShift.
inline std::int64_t whole_of_shifted(double shifted) {
  return std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(kWholeShift);
}
inline double power_of_two(std::int64_t n) { return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52); }
/// A positive normal x is 2^exponent times mantissa, 1 <= mantissa < 2.
inline double exponent_of(double x) {
  return static_cast<double>(static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(x) >> 52) - 1023);
}
inline double mantissa_of(double x) {
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(x) & 0x000f'ffff'ffff'ffffU) |
                               (std::uint64_t{1023} << 52));
}

#include "engine/base/math.inl"

}  // namespace formula

inline double exp(double x) { return formula::exp(x); }
inline double log(double x) { return formula::log(x); }
inline double logistic(double x) { return formula::logistic(x); }

}  // namespace sojourn::engine
