#pragma once
// Where the peak of a journey would jump to the other side of the anchor, had a moment been a little different.

#include "models/drivers/origins.h"
#include "models/drivers/tape.h"

#include <array>
#include <cstddef>

namespace sojourn::models::detail {

/// The peak changes sides when what is farthest above the anchor and what is farthest below it are equally far. Where both
/// can only be equally far by standing at the two ends of the scale, the first of them is the peak, and what matters is
/// whether a moment before the first one at the other end reaches its own end; then one of the two visits is none.
struct PeakFlip {
  static constexpr std::size_t kNone = ~std::size_t{0};
  std::size_t above = kNone, below = kNone;  // visits whose moment decides
  bool before_clamp = false;                 // what decides is the moment before it is clamped to the scale
  double lead = 0;                           // points by which the upper side is farther
  double width = 0;                          // of the kernel, points; 0: nothing continuous reaches it
  double high = 0, low = 0;                  // the peak on either side, points off the anchor
};

struct PeakFlips {
  std::array<PeakFlip, 2> flips;
  std::size_t count = 0;
  std::size_t peak = 0;    // the visit of the peak as it is
  bool both_ends = false;  // moments at both ends of the scale are equally far: the anchor cannot move without a jump
};

/// The tape must hold a visit.
PeakFlips peak_flips(const Tape& tape, const PersonaTables& persona, const PersonaOrigins& origins);

}  // namespace sojourn::models::detail
