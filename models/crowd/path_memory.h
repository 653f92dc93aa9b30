#pragma once
// What a worker keeps of those who only go their way (models/crowd/paths.h).

#include "engine/tally/unit_sums.h"
#include "models/crowd/path_tables.h"
#include "models/crowd/path_tally.h"

#include <cstdint>
#include <vector>

namespace sojourn::models {

struct PathWork {
  PathWork(const PathTables& tables, const engine::Layout& layout, const engine::PlaceKeys& keys);

  static constexpr std::uint32_t kMostLanes = 8;
  static constexpr std::uint32_t kVectors = 8;
  static constexpr std::uint32_t kSeats = kMostLanes * kVectors;

  /// A vector of agents.
  struct Lanes {
    alignas(64) std::uint64_t low[kMostLanes];  // agent
    alignas(64) std::uint64_t high[kMostLanes];
    alignas(64) std::uint64_t ordinal[kMostLanes];
    alignas(64) std::uint64_t key[kMostLanes];
    std::uint32_t stop[kMostLanes];
    std::uint32_t first_stop[kMostLanes];  // of the agent's group
    std::uint32_t left[kMostLanes];        // visits until the limit
    std::uint32_t unit[kMostLanes];
    std::uint32_t* flows[kMostLanes];    // of its unit
    std::uint16_t* counts[kMostLanes];   // [node] how often it was there
    std::uint16_t* by_site[kMostLanes];  // [site] the same; where touchpoints have channels
  };

  bool has_room() const { return !free_.empty() || present_ != kNone; }
  /// An agent begins; its unit is open from then on. Returns the unit.
  std::uint32_t enter(bool first_of_unit, bool last_of_unit, std::uint32_t group);
  std::uint32_t* flows_of(std::uint32_t unit) { return flows.data() + unit * flow_stride; }
  /// An agent is at its end. `exit`: by number, or kNone at the limit of visits.
  void leave(std::uint32_t unit, std::uint32_t group, std::uint32_t visits, std::uint32_t exit);
  /// Once all are at their ends: makes the tally whole.
  void settle();

  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  const PathTables& tables;
  const engine::Layout& layout;
  const engine::PlaceKeys& keys;
  PathTally tally;
  std::size_t flow_stride;
  Zeroed<std::uint32_t> flows;         // [unit][group][flow slot], and one for nobody
  std::vector<std::uint64_t> reached;  // [group][site], and one for nobody
  std::vector<Lanes> lanes;
  std::vector<std::uint16_t> counts, by_site;  // [seat]
  std::uint32_t under_way = 0;
  bool stuck = false;

 private:
  void hand_over(std::uint32_t unit);

  std::vector<std::int64_t> agents_;  // [unit][group]
  std::vector<std::uint32_t> under_way_of_, free_;
  std::vector<std::uint8_t> closed_;
  std::uint32_t present_ = kNone;
  engine::UnitSums sums_;
};

}  // namespace sojourn::models
