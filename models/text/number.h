#pragma once
// Numbers as people write them in a file: decimal, with a point, and nothing that two readers could read differently.

#include "models/text/reading.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sojourn::models {

/// A sign or none, digits, a fraction or none, an exponent or none: 5, -0.25, +0.8, 1e6, 2.5E-3. Finite; -0 is 0.
/// Refused, with the nearest thing that would be right: 010, 0x10, 0o17, 1_000, .5, 5., 1/3, 50%, 0,5, .nan, inf,
/// 1e999 (out of range), 1e-400 (it would become 0), and anything after the number.
Reading<double> read_number(std::string_view text);

/// A number as above that is whole and within -2^53..2^53 (1e3 is 1000).
Reading<std::int64_t> read_whole_number(std::string_view text);

/// The shortest decimal text that read_number reads back as the same bits, without an exponent from 1e-6 to 1e15: 0.1,
/// 20000, 1e+30. The value must be finite and not -0 (which comes back as 0).
std::string shortest(double value);

}  // namespace sojourn::models
