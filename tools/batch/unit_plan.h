#pragma once
// How the rows of a study are cut into units, and units into shards. It depends on the study alone, never on threads or machines.

#include <cstdint>
#include <optional>
#include <string_view>

namespace sojourn::tools {

struct IndexRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  // one past the last
  std::uint64_t size() const { return last - first; }
  friend bool operator==(const IndexRange&, const IndexRange&) = default;
};

struct UnitPlan {
  std::uint64_t rows = 0;
  std::uint64_t rows_per_unit = 1;

  std::uint64_t units() const { return (rows + rows_per_unit - 1) / rows_per_unit; }
  IndexRange rows_of(std::uint64_t unit) const;
};

/// Units of about `journeys_of_a_unit` journeys, a second's work or less, and as many files as a file system bears. `journeys_per_row`:
/// agents times cases.
UnitPlan plan_units(std::uint64_t rows, std::uint64_t journeys_per_row);
inline constexpr std::uint64_t journeys_of_a_unit = 1'000'000;
inline constexpr std::uint64_t most_units = 100'000;
inline constexpr std::uint64_t most_rows_of_a_unit = 16;  // a row takes milliseconds however few travel

/// Part k of n, from 1.
struct Shard {
  std::uint64_t k = 1;
  std::uint64_t n = 1;
  bool is_whole() const { return n == 1; }
};
IndexRange units_of(const Shard& shard, std::uint64_t units);

/// "3/8"; nothing where it is not 1 <= k <= n <= 1e6.
std::optional<Shard> read_shard(std::string_view text);

}  // namespace sojourn::tools
