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

/// Sum of products of two 64-bit terms, exact for 2^64 of them (192 bits, two's complement).
struct WideSum {
  std::uint64_t low = 0;
  std::uint64_t middle = 0;
  std::int64_t high = 0;

  void add(Int128 term) {
    const auto bits = static_cast<Uint128>(term);
    add(static_cast<std::uint64_t>(bits), static_cast<std::uint64_t>(bits >> 64), term < 0 ? -1 : 0);
  }
  void add_product(std::int64_t a, std::int64_t b) { add(static_cast<Int128>(a) * b); }
  void add(const WideSum& other) { add(other.low, other.middle, other.high); }
  /// Takes a sum away that is part of this one.
  void subtract(const WideSum& part) {
    add(~part.low, ~part.middle, ~part.high);  // two's complement: all bits turned over ...
    add(Int128{1});                            // ... and one
  }
  friend bool operator==(const WideSum&, const WideSum&) = default;

 private:
  void add(std::uint64_t term_low, std::uint64_t term_middle, std::int64_t term_high) {
    const Uint128 lower =
        (static_cast<Uint128>(middle) << 64 | low) + (static_cast<Uint128>(term_middle) << 64 | term_low);
    const bool carry = lower < (static_cast<Uint128>(term_middle) << 64 | term_low);
    low = static_cast<std::uint64_t>(lower);
    middle = static_cast<std::uint64_t>(lower >> 64);
    high += term_high + (carry ? 1 : 0);
  }
};

}  // namespace sojourn::engine
