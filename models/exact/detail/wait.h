#pragma once
// A visit's time: a drawn duration against a drawn patience, in whole milliseconds.

#include "models/exact/detail/law.h"

#include <optional>

namespace sojourn::models::exact {

struct Wait {
  Moments stayed;      // ms, ms^2: E[duration^k; not given up]
  Moments given_up;    // E[patience^k; given up]
  double eighth = 0;   // ms^8: an upper bound of E[(what passes)^8]
  double longest = 0;  // ms: no visit takes longer; infinite where there is no bound

  double share_given_up() const { return given_up.zeroth; }
};

/// Draws are rounded to whole milliseconds, below 0 counts as 0, above kLongestMs as that, and a visit is given up if its
/// duration is strictly longer. Laws that are a matter of seconds are rounded, up to some 2 s, as the walk does it; of wider ones
/// rounding is taken into account to second order: P(round D > round T) = E[P(D > T + 1/2 ms)] but for terms of (1 ms / width)^2.
Wait wait_of(const Distribution& duration_ms, const std::optional<Distribution>& patience_ms);

}  // namespace sojourn::models::exact
