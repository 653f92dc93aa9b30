#pragma once
// Of models/calibrate/replay*.cpp: what both directions do with a visit's sets and clamps.

#include <bit>
#include <cstdint>

namespace sojourn::models {

/// Where a clamp to 0..10 lets a slope through.
inline bool inside(double points) { return points > 0 && points < 10; }

template <class Body>
void each_bit(std::uint64_t bits, const Body& body) {
  for (; bits != 0; bits &= bits - 1) body(static_cast<std::uint32_t>(std::countr_zero(bits)));
}

}  // namespace sojourn::models
