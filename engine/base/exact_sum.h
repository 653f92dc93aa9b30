#pragma once
// Sums that do not depend on the order of their terms.
//
// Quantities enter as integers in units of 1e-9 ("nano"), so that decimal inputs such as 0.4 are exact and a mean of
// equal values is that value. The range of an agent's total is +-9.2e9.

#include <cstdint>

namespace sojourn::engine {

__extension__ typedef __int128 Int128;            // NOLINT: the extension keyword wants a typedef
__extension__ typedef unsigned __int128 Uint128;  // NOLINT

using Nano = std::int64_t;
inline constexpr double kNano = 1e9;

/// The nearest multiple of 1e-9 (ties to even). |x| must be below 9.2e9.
inline Nano to_nano(double x) {
  constexpr double kShift = 0x1.8p52;
  const double scaled = x * kNano;
  // Adding and taking away 1.5 * 2^52 rounds to an integer; beyond 2^51 a double has at most half-integers left.
  if (scaled < 0x1p51 && scaled > -0x1p51) return static_cast<Nano>((scaled + kShift) - kShift);
  return static_cast<Nano>(scaled);
}

/// Sum of 64-bit terms, exact for 2^64 of them.
using Sum = Int128;

/// Products of two such numbers, 256 of them, and sums of as many numbers fit into 127 and 63 bits.
inline constexpr std::int64_t kNarrow = std::int64_t{1} << 53;
inline bool is_narrow(std::int64_t x) { return x < kNarrow && x > -kNarrow; }

/// Sum of products of two 64-bit terms, exact for 2^64 of them: 192 bits, of which the lower two words are a signed number, so
/// that the third is hardly ever touched. A value has one representation.
struct WideSum {
  std::uint64_t low = 0;
  std::uint64_t middle = 0;
  std::int64_t high = 0;

  void add(Int128 term) {
    Int128 sum;
    if (__builtin_add_overflow(lower(), term, &sum)) [[unlikely]]
      high += term < 0 ? -1 : 1;
    set_lower(sum);
  }
  void add_product(std::int64_t a, std::int64_t b) { add(static_cast<Int128>(a) * b); }
  void add(const WideSum& other) {
    add(other.lower());
    high += other.high;
  }
  /// Takes a sum away that is part of this one.
  void subtract(const WideSum& part) {
    Int128 sum;
    if (__builtin_sub_overflow(lower(), part.lower(), &sum)) [[unlikely]]
      high += part.lower() < 0 ? 1 : -1;
    set_lower(sum);
    high -= part.high;
  }
  /// The sum is high 2^128 + lower().
  Int128 lower() const { return static_cast<Int128>(static_cast<Uint128>(middle) << 64 | low); }
  friend bool operator==(const WideSum&, const WideSum&) = default;

 private:
  void set_lower(Int128 sum) {
    low = static_cast<std::uint64_t>(static_cast<Uint128>(sum));
    middle = static_cast<std::uint64_t>(static_cast<Uint128>(sum) >> 64);
  }
};

}  // namespace sojourn::engine
