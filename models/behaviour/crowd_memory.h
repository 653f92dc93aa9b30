#pragma once
// What a worker keeps while a crowd is under way (models/behaviour/crowd.h).

#include "engine/tally/tally.h"
#include "engine/tally/unit_sums.h"
#include "models/behaviour/crowd_plan.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace sojourn::models {

/// Agents who wait for the same thing: one array per column, so that lanes load and store them as they are.
struct Lot {
  std::vector<std::uint64_t> data;  // [column][capacity]
  std::uint32_t count = 0;
  std::uint32_t capacity = 0;

  void reserve(std::uint32_t wanted, std::uint32_t columns);
};

/// Sums of a block's units by group and site, in rows that lanes add to.
class CrowdRows {
 public:
  CrowdRows(const engine::Layout& layout, std::uint32_t units);

  /// A row: visits, the measures in nano, duration; [unit][group][site].
  static constexpr std::uint32_t kRow = 8;
  static std::size_t bytes_per_unit(const engine::Layout& layout);

  std::uint64_t* row(std::size_t unit, std::size_t group, std::uint32_t site) {
    return rows_.data() + ((unit * groups_ + group) * sites_ + site) * kRow;
  }
  std::size_t row_stride() const { return groups_ * sites_ * kRow; }  // from unit to unit
  std::int64_t* given_up(std::size_t unit, std::size_t group) {
    return given_up_.data() + (unit * groups_ + group) * sites_;
  }
  std::int64_t* flows(std::size_t unit, std::size_t group) {
    return flows_.data() + (unit * groups_ + group) * flow_slots_;
  }
  std::size_t flow_stride() const { return groups_ * flow_slots_; }
  std::int64_t* marks(std::size_t unit, std::size_t group) {
    return marks_.data() + (unit * groups_ + group) * mark_slots_;
  }
  std::int64_t& agents(std::size_t unit, std::size_t group) { return agents_[unit * groups_ + group]; }

  /// Hands the sums of the first `units` to a tally, and clears them. `exits_fail`: [group][exit].
  void close(std::uint32_t units, const std::vector<std::vector<std::uint8_t>>& exits_fail, engine::UnitSums& unit,
             engine::Tally& tally);

 private:
  const engine::Layout& layout_;
  std::size_t groups_, sites_, flow_slots_, mark_slots_;
  std::vector<std::uint64_t> rows_;
  std::vector<std::int64_t> given_up_, flows_, marks_, agents_;
};

inline constexpr std::uint32_t kMostLanes = 8;

/// All that a worker keeps.
struct CrowdWork {
  CrowdWork(const Customer& customer, const engine::Layout& layout, const engine::PlaceKeys& keys);

  /// Makes ready for a block: agents from `first` on, in units of `unit_size`.
  void open_block(std::uint64_t first, std::uint32_t agents, std::uint64_t unit_size);
  /// The most agents that a block may have in units of this size; 0 where it would not pay.
  std::uint32_t block_agents(std::uint64_t unit_size) const;
  /// A new agent, by its offset in the block.
  void enter(std::uint32_t offset, const engine::Block& draws);
  /// The end of one: `agent` is what it carries, without what enter() keeps.
  void leave(std::uint64_t id, Traveller& agent, engine::Ending& ending, double overall, const ScoreShares& shares);
  void put_ready(std::uint32_t lot) { ready.push_back(lot); }

  static std::uint32_t offset_of(std::uint64_t id) { return static_cast<std::uint32_t>(id); }
  static std::uint32_t slot_of(std::uint64_t id) { return static_cast<std::uint32_t>(id >> 32); }
  std::uint32_t unit_of(std::uint64_t id) const {
    return static_cast<std::uint32_t>((first_agent + offset_of(id)) / unit_agents - first_unit);
  }

  const CrowdPlan plan;
  engine::Tally* tally = nullptr;
  std::uint64_t first_agent = 0, unit_agents = 1, first_unit = 0;
  std::vector<Lot> lots;
  std::vector<std::uint32_t> ready;  // lots that fill all lanes
  std::optional<CrowdRows> rows;
  std::uint32_t units = 0, row_units = 0;  // of the block, and for how many there are rows
  std::vector<std::uint16_t> ordinals;     // [slot][site]; empty where nobody comes back
  std::vector<std::uint32_t> met;          // [slot][mark kind]
  std::vector<std::uint32_t> free_slots;
  struct Begun {
    std::uint32_t first, luck;
  };
  std::vector<Begun> begun;  // [offset]
  std::vector<std::int64_t> scores;
  std::vector<std::vector<std::uint8_t>> exits_fail;  // [group][exit]
  engine::UnitSums unit;
  std::uint64_t visits = 0;
  std::uint32_t lanes = 1;  // of the machine
  bool stuck = false;       // somebody has no way on
  bool broken = false;      // a walk did not come to its end
};

}  // namespace sojourn::models
