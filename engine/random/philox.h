#pragma once
// Philox4x32-10: a block of 128 random bits as a pure function of a 128-bit counter and a 64-bit key
// (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", section 4.2). Checked in a test
// against the published known answers and against Debian's Random123.

#include "engine/base/math.h"

#include <array>
#include <cstdint>

namespace sojourn::engine {

using Block = std::array<std::uint32_t, 4>;

namespace formula {

inline std::uint64_t low_product(std::uint64_t a, std::uint32_t by) {
  return std::uint64_t{static_cast<std::uint32_t>(a)} * by;
}
template <int by>
std::uint64_t down(std::uint64_t a) {
  return a >> by;
}
inline std::uint64_t exclusive_or(std::uint64_t a, std::uint64_t b, std::uint64_t c) { return a ^ b ^ c; }

#include "engine/random/philox.inl"

}  // namespace formula

inline Block philox4x32_10(Block counter, std::array<std::uint32_t, 2> key) {
  const auto words =
      formula::philox4x32_10<std::uint64_t>(counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
  Block block;
  for (std::size_t i = 0; i < 4; ++i) block[i] = static_cast<std::uint32_t>(words.word[i]);
  return block;
}

}  // namespace sojourn::engine
