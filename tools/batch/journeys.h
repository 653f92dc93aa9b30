#pragma once
// Single journeys as a study keeps them (`keep: agents`): columns of numbers, as bytes in its units and in its result.

#include "engine/store/hdf5_stream.h"
#include "models/score/journey_rows.h"
#include "models/score/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools {

/// The most journeys (agents times cases) of a run whose rows are kept, since a unit is held in memory. More replications have no such limit.
inline constexpr std::uint64_t kMostJourneyRows = 1'000'000;

struct JourneyColumn {
  const char* name;
  const char* long_name;
  models::Unit unit;
  engine::StreamedColumn::Type type;
};
/// What is known of each journey, in the order of the bytes of a unit.
std::span<const JourneyColumn> journey_columns();
/// Which journey it is, before those: point, replication, scenario, agent. They follow from the place of a row.
std::span<const JourneyColumn> journey_indices();

/// Bytes of one journey in a unit, and in the result.
std::size_t journey_bytes();
std::size_t journey_result_bytes();

/// One column after the other, each [case][agent], little-endian.
std::string bytes_of(const models::JourneyRows& rows);
/// The bytes of a column of so many journeys.
std::string_view column_of(std::string_view bytes, std::uint64_t journeys, std::size_t column);

/// Where one run's journeys stand: its point, replication, cases and agents.
struct JourneyPlace {
  std::uint64_t point = 0, replication = 0, scenarios = 0, agents = 0;
};
/// The same for an index column.
std::string index_column(const JourneyPlace& place, std::size_t index);

/// The group `journeys` of a result.
engine::StreamedGroup journeys_group(const models::Names& names, const std::vector<std::string>& scenarios,
                                     const std::string& money, std::uint64_t journeys);

}  // namespace sojourn::tools
