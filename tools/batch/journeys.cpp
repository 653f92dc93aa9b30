#include "tools/batch/journeys.h"

#include "engine/base/contract.h"
#include "engine/store/hdf5.h"

#include <array>
#include <bit>
#include <cctype>

namespace sojourn::tools {
namespace {

using models::Unit;
using Type = engine::StreamedColumn::Type;
static_assert(std::endian::native == std::endian::little, "the numbers of a unit are copied as they are");

constexpr std::array<JourneyColumn, 4> kIndices = {{
    {"point", "Row of the design", Unit::count, Type::int32},
    {"replication", "Replication", Unit::count, Type::int32},
    {"scenario", "Place in the coordinate 'scenario'", Unit::count, Type::int16},
    {"agent", "Agent: the same person and luck in every scenario", Unit::count, Type::int32},
}};

constexpr std::array<JourneyColumn, 15> kColumns = {{
    {"persona", "Persona", Unit::count, Type::int16},
    {"outcome", "Outcome", Unit::count, Type::int16},
    {"success", "It ended in success", Unit::count, Type::int8},
    {"abandoned", "It was abandoned", Unit::count, Type::int8},
    {"truncated", "It was cut off at the visit limit", Unit::count, Type::int8},
    {"visits", "Visits", Unit::count, Type::int32},
    {"score", "Answer 0..10 on average", Unit::points, Type::float64},
    {"promoters", "Probability of the answers 9 and 10", Unit::share, Type::float64},
    {"passives", "Probability of the answers 7 and 8", Unit::share, Type::float64},
    {"detractors", "Probability of the answers 0 to 6", Unit::share, Type::float64},
    {"satisfaction", "Satisfaction 0..10", Unit::points, Type::float64},
    {"elapsed_hours", "Time", Unit::hours, Type::float64},
    {"effort", "Effort", Unit::points, Type::float64},
    {"cost", "Cost", Unit::money, Type::float64},
    {"value", "Value", Unit::money, Type::float64},
}};

std::size_t bytes_of(std::span<const JourneyColumn> columns) {
  std::size_t bytes = 0;
  for (const JourneyColumn& column : columns) bytes += engine::width_of(column.type);
  return bytes;
}

template <class T>
void append(std::string& to, const std::vector<T>& column) {
  to.append(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(T));
}

template <class T, class F>
std::string numbers(std::uint64_t count, F number) {
  std::vector<T> list(count);
  for (std::uint64_t i = 0; i < count; ++i) list[i] = static_cast<T>(number(i));
  std::string bytes;
  append(bytes, list);
  return bytes;
}

/// CF's way to say what numbers stand for; a word has no blanks.
void name_values(engine::Variable& labels, std::int64_t first, const std::vector<std::string>& names) {
  std::vector<std::int64_t> values;
  std::string meanings;
  for (const std::string& name : names) {
    values.push_back(first + static_cast<std::int64_t>(values.size()));
    meanings += meanings.empty() ? "" : " ";
    for (const char c : name) meanings += std::isspace(static_cast<unsigned char>(c)) != 0 ? '_' : c;
  }
  labels.attributes.push_back({"flag_values", values});
  labels.attributes.push_back({"flag_meanings", meanings});
}

}  // namespace

std::span<const JourneyColumn> journey_columns() { return kColumns; }
std::span<const JourneyColumn> journey_indices() { return kIndices; }
std::size_t journey_bytes() { return bytes_of(kColumns); }
std::size_t journey_result_bytes() { return bytes_of(kIndices) + bytes_of(kColumns); }

std::string bytes_of(const models::JourneyRows& rows) {
  std::string bytes;
  bytes.reserve(rows.persona.size() * journey_bytes());
  append(bytes, rows.persona);
  append(bytes, rows.outcome);
  for (const auto* column : {&rows.success, &rows.abandoned, &rows.truncated}) append(bytes, *column);
  append(bytes, rows.visits);
  for (const auto* column : {&rows.score, &rows.promoters, &rows.passives, &rows.detractors, &rows.satisfaction,
                             &rows.elapsed_hours, &rows.effort, &rows.cost, &rows.value})
    append(bytes, *column);
  SOJOURN_ENSURE(bytes.size() == rows.persona.size() * journey_bytes(), "every column has its bytes");
  return bytes;
}

std::string_view column_of(std::string_view bytes, std::uint64_t journeys, std::size_t column) {
  SOJOURN_EXPECT(bytes.size() == journeys * journey_bytes(), "all columns of so many journeys");
  const std::size_t before = bytes_of(std::span(kColumns).first(column));
  return bytes.substr(journeys * before, journeys * engine::width_of(kColumns[column].type));
}

std::string index_column(const JourneyPlace& place, std::size_t index) {
  const std::uint64_t count = place.scenarios * place.agents;
  switch (index) {
    case 0: return numbers<std::int32_t>(count, [&](std::uint64_t) { return place.point; });
    case 1: return numbers<std::int32_t>(count, [&](std::uint64_t) { return place.replication; });
    case 2: return numbers<std::int16_t>(count, [&](std::uint64_t i) { return i / place.agents; });
    default: return numbers<std::int32_t>(count, [&](std::uint64_t i) { return i % place.agents; });
  }
}

engine::StreamedGroup journeys_group(const models::Names& names, const std::vector<std::string>& scenarios,
                                     const std::string& money, std::uint64_t journeys) {
  engine::StreamedGroup group{"journeys", "journey", journeys, {}};
  for (const std::span<const JourneyColumn> columns : {journey_indices(), journey_columns()}) {
    for (const JourneyColumn& column : columns) {
      engine::Variable labels{column.name, {}, {}, column.long_name, "1", {}};
      const std::string_view name = column.name;
      if (column.unit == Unit::hours) labels.units = "h";
      if (column.unit == Unit::money && !money.empty() && engine::is_plain_unit(money)) labels.units = money;
      std::vector<std::string> meanings;
      if (name == "persona") {
        for (const auto& one : names.personas) meanings.push_back(one.id);
      } else if (name == "outcome") {
        meanings.emplace_back("cut_off");
        for (const auto& one : names.outcomes) meanings.push_back(one.id);
      } else if (name == "scenario") {
        meanings = scenarios;
      } else if (column.type == Type::int8) {
        meanings = {"no", "yes"};
      }
      if (!meanings.empty()) {
        labels.units.clear();
        name_values(labels, name == "outcome" ? -1 : 0, meanings);
      }
      group.columns.push_back({std::move(labels), column.type});
    }
  }
  return group;
}

}  // namespace sojourn::tools
