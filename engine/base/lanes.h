#pragma once
// What lanes of every kind share (engine/base/lanes.inl).

#include <array>
#include <cstdint>

namespace sojourn::engine {

/// [set of up to 8 lanes, as bits] its lanes in rising order, four bits each from the lowest on.
inline constexpr std::array<std::uint64_t, 256> kLanesToFront = [] {
  std::array<std::uint64_t, 256> table{};
  for (std::uint64_t set = 0; set < 256; ++set) {
    int at = 0;
    for (std::uint64_t lane = 0; lane < 8; ++lane) {
      if ((set >> lane & 1) != 0) table[set] |= lane << (4 * at++);
    }
  }
  return table;
}();

}  // namespace sojourn::engine
