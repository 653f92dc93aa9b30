#pragma once
// Points in time as logs and surveys write them.

#include "models/text/reading.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sojourn::models {

/// Milliseconds since 1970-01-01T00:00Z of 2023-02-09, 2023/02/09 08:15, 2023-02-09T08:15:30.123456+02:00, ...Z or
/// 09.02.2023 08:15:30. What has no zone is taken as UTC, finer parts than milliseconds are cut off, a leap second counts as the
/// second before. Years 1 to 9999. 02/09/2023 is refused: nobody can tell which is the month.
Reading<std::int64_t> read_time_stamp(std::string_view text);

/// The month of a moment as 2023-02, in UTC. Years 1 to 9999.
std::string month_of(std::int64_t time_ms);

}  // namespace sojourn::models
