#pragma once
// Numbers as they are typed on a command line, read strictly and exactly.

#include "models/text/reading.h"

#include <cstdint>
#include <string_view>

namespace sojourn::tools {

struct CountRange {
  std::uint64_t low = 0;
  std::uint64_t high = UINT64_MAX;
};

/// A whole number: 100000, 1_000_000, 1e6, 2.5e3, 100k, 1M, 1.5G (10^3, 10^6, 10^9). Never by way of a floating-point
/// number, so that 18446744073709551615 is itself.
models::Reading<std::uint64_t> read_count(std::string_view text, CountRange range);

/// A decimal number (models/text/number.h) from `low` (or above it) to `high`.
struct AmountRange {
  double low = 0;
  double high = 0;
  bool above_low = false;
};
models::Reading<double> read_amount(std::string_view text, AmountRange range);

}  // namespace sojourn::tools
