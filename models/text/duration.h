#pragma once
// Durations: one number and one unit.

#include "models/text/reading.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sojourn::models {

enum class Sign { not_negative, any };

/// The longest duration, 2^43 ms (about 278 years), so that sums of many still fit.
inline constexpr double longest_duration_ms = 8796093022208.0;

/// `10 min`, `3d`, `1.5 h`, `0`: a number as read_number reads it and a unit of ms, s, min, h, d (24 h), w (7 d), with
/// spaces between or none; only zero may lack the unit. Gives milliseconds, not rounded (the parameters of a
/// distribution need not be whole). Negative ones only with Sign::any (a shift).
Reading<double> read_duration(std::string_view text, Sign sign = Sign::not_negative);

/// To the nearest whole millisecond, halves away from zero. |ms| <= 2^53.
std::int64_t whole_milliseconds(double ms);

/// A `number unit` that read_duration reads back as the same bits, in the unit with the shortest number (days rather
/// than weeks): 10 min, 90 s, 14 d, 0. |ms| <= longest_duration_ms.
std::string duration_text(double ms);

}  // namespace sojourn::models
