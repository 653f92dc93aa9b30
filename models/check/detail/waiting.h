#pragma once
// Durations against patience: what can be drawn, and how likely a visit is given up.

#include "models/journey/distribution.h"

#include <cstdint>
#include <optional>

namespace sojourn::models::detail {

/// The whole milliseconds that the walk can draw, whose uniforms have 32 bits: a lognormal's ends are its quantiles
/// at 2^-33 and 1 - 2^-33. What is drawn below 0 counts as 0.
struct Drawn {
  std::int64_t least = 0;
  std::int64_t most = 0;
};
Drawn drawn(const Distribution& time);

/// Whether some drawable time is above `above` and at most `most`.
bool can_be_between(const Distribution& time, std::int64_t above, std::int64_t most);

/// The chance that a duration is strictly longer than a patience, both in whole milliseconds. Known where one of the two
/// takes single values (constant, discrete) or both are exponential; else nothing.
std::optional<double> give_up_chance(const Distribution& duration, const Distribution& patience);

}  // namespace sojourn::models::detail
