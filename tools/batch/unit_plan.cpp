#include "tools/batch/unit_plan.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <charconv>

namespace sojourn::tools {

IndexRange UnitPlan::rows_of(std::uint64_t unit) const {
  SOJOURN_EXPECT(unit < units(), "a unit of the plan");
  return {unit * rows_per_unit, std::min(rows, (unit + 1) * rows_per_unit)};
}

UnitPlan plan_units(std::uint64_t rows, std::uint64_t journeys_per_row) {
  const std::uint64_t by_work = journeys_of_a_unit / std::max<std::uint64_t>(1, journeys_per_row);
  const std::uint64_t by_files = (rows + most_units - 1) / most_units;
  return {rows, std::max<std::uint64_t>({1, std::min<std::uint64_t>(by_work, most_rows_of_a_unit), by_files})};
}

IndexRange units_of(const Shard& shard, std::uint64_t units) {
  SOJOURN_EXPECT(shard.k >= 1 && shard.k <= shard.n, "part k of n");
  // units < 2^34 and n <= 10^6, so that nothing overflows.
  return {units * (shard.k - 1) / shard.n, units * shard.k / shard.n};
}

std::optional<Shard> read_shard(std::string_view text) {
  Shard shard;
  const char* end = text.data() + text.size();
  const auto [slash, wrong_k] = std::from_chars(text.data(), end, shard.k);
  if (wrong_k != std::errc() || slash == end || *slash != '/') return std::nullopt;
  const auto [rest, wrong_n] = std::from_chars(slash + 1, end, shard.n);
  if (wrong_n != std::errc() || rest != end) return std::nullopt;
  if (shard.k < 1 || shard.k > shard.n || shard.n > 1'000'000) return std::nullopt;
  return shard;
}

}  // namespace sojourn::tools
