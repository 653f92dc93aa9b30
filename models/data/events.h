#pragma once
// Event logs, row by row: CSV, and XES (IEEE 1849).

#include "models/data/mapping.h"
#include "models/data/rejects.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sojourn::models {

/// Where a row tells only one side of an event.
enum class Lifecycle { whole, start, complete };

/// One row. The texts live until the next.
struct EventRow {
  std::size_t line = 0;
  std::string_view case_id;  // joins rows; is written nowhere
  std::string_view activity;
  std::int64_t time_ms = 0;            // since 1970 UTC: when it began, or (lifecycle) when that happened
  std::optional<std::int64_t> end_ms;  // not before time_ms
  std::string_view persona;            // empty: not said in this row
  std::string_view outcome;            // as persona
  Lifecycle lifecycle = Lifecycle::whole;
};

/// What was read of the file, for the report.
struct EventShape {
  std::map<std::string, std::string, std::less<>> columns;  // role to column (of XES: to key)
  std::uint64_t rows = 0;                                   // events written in the file
  std::uint64_t other_phases = 0;  // rows about neither start nor completion (scheduled, suspended, ...)
};

/// Needs memory for one row (of XES for one trace), whatever the length of the file. Rows that cannot be read go to `rejects`.
/// XES is what begins with '<'. Throws MissingFile; InputError where the columns cannot be told or XES is not well-formed.
EventShape read_events(const std::string& path, const Mapping& mapping, Rejects& rejects,
                       const std::function<void(const EventRow&)>& on_row);

}  // namespace sojourn::models
