#pragma once
// What one row of a study (a point and a replication) came to, and as the payload of a unit.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools {

struct Row {
  std::string digest;               // SHA-256 of all that it depends on, 64 hexadecimal digits
  std::uint64_t agents = 0;         // that travelled
  std::string failure;              // what is wrong with the journey there, as the user is told; empty: nothing
  std::vector<double> values = {};  // [value of the study's layout]; empty where it failed
  std::string journeys = {};        // where agents are kept: bytes_of(JourneyRows) (tools/batch/journeys.h)
  friend bool operator==(const Row&, const Row&) = default;
};

/// Each row as 64 digits, then agents, the failure's length and bytes, the number of values and those (binary64, little-endian), the bytes of the journeys and those.
/// Numbers are 64-bit, little-endian.
std::string rows_payload(std::span<const Row> rows);

/// Nothing where it is no such payload.
std::optional<std::vector<Row>> rows_of_payload(std::string_view payload);

}  // namespace sojourn::tools
