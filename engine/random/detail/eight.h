#pragma once
// Eight doubles at once, by the compiler's own vectors, for the formulas of engine/base/math.inl. Each operation is the IEEE-754 one of
// the scalar code, so each of the eight has its bits. What is here is always inlined, and so compiled for the processor of who uses it;
// std::bit_cast is not where nothing is optimised, and cannot return vectors to code for another processor.

#include "engine/base/math.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#define SOJOURN_EIGHT [[gnu::always_inline]] inline

namespace sojourn::engine::eight {

using Doubles [[gnu::vector_size(64)]] = double;
using Wholes [[gnu::vector_size(64)]] = std::int64_t;

struct Eight {
  Doubles v;
  SOJOURN_EIGHT explicit Eight(double x) : v{x, x, x, x, x, x, x, x} {}
  SOJOURN_EIGHT explicit Eight(Doubles x) : v(x) {}
  SOJOURN_EIGHT explicit Eight(const std::array<double, 8>& x) : v(__builtin_bit_cast(Doubles, x)) {}
};
SOJOURN_EIGHT Eight operator+(Eight a, Eight b) { return Eight(a.v + b.v); }
SOJOURN_EIGHT Eight operator-(Eight a, Eight b) { return Eight(a.v - b.v); }
SOJOURN_EIGHT Eight operator*(Eight a, Eight b) { return Eight(a.v * b.v); }
SOJOURN_EIGHT Eight operator/(Eight a, Eight b) { return Eight(a.v / b.v); }
SOJOURN_EIGHT Eight operator-(Eight a) { return Eight(-a.v); }
// Of eight comparisons: -1 where it holds, 0 elsewhere.
SOJOURN_EIGHT Wholes operator<(Eight a, Eight b) { return a.v < b.v; }
SOJOURN_EIGHT Wholes operator>(Eight a, Eight b) { return a.v > b.v; }
SOJOURN_EIGHT Wholes operator==(Eight a, Eight b) { return a.v == b.v; }
SOJOURN_EIGHT Eight select(Wholes which, Eight yes, Eight no) { return Eight(which ? yes.v : no.v); }

template <class R>
SOJOURN_EIGHT R number_of_bits(std::uint64_t bits) {
  return R(__builtin_bit_cast(double, bits));
}
SOJOURN_EIGHT Wholes whole_of_shifted(Eight shifted) {
  return __builtin_bit_cast(Wholes, shifted.v) - std::bit_cast<std::int64_t>(kWholeShift);
}
SOJOURN_EIGHT Eight power_of_two(Wholes n) { return Eight(__builtin_bit_cast(Doubles, (n + 1023) << 52)); }
SOJOURN_EIGHT Eight exponent_of(Eight x) {
  // Of a positive number; as its integer it would be converted one by one where there is no AVX-512.
  const Wholes shifted = (__builtin_bit_cast(Wholes, x.v) >> 52) + (std::bit_cast<std::int64_t>(kWholeShift) - 1023);
  return Eight(__builtin_bit_cast(Doubles, shifted) - kWholeShift);
}
SOJOURN_EIGHT Eight mantissa_of(Eight x) {
  return Eight(__builtin_bit_cast(
      Doubles, (__builtin_bit_cast(Wholes, x.v) & 0x000f'ffff'ffff'ffff) | (std::int64_t{1023} << 52)));
}

#pragma push_macro("SOJOURN_FORMULA")
#undef SOJOURN_FORMULA
#define SOJOURN_FORMULA SOJOURN_EIGHT
#include "engine/base/math.inl"
#pragma pop_macro("SOJOURN_FORMULA")

}  // namespace sojourn::engine::eight
