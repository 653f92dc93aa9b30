#pragma once
// A crowd's sums by unit, group and site, in rows that lanes add to.

#include "engine/tally/tally.h"
#include "engine/tally/unit_sums.h"

#include <cstdint>
#include <vector>

namespace sojourn::models {

/// Rows for a limited number of units at once. A unit has a slot from its first agent's beginning to its last agent's end.
class CrowdRows {
 public:
  /// exits_fail: [group][exit], whose leaving there is a drop-off.
  CrowdRows(const engine::Layout& layout, std::vector<std::vector<std::uint8_t>> exits_fail, std::size_t most_units,
            engine::Tally& tally);

  /// A row: visits, the measures in nano, duration.
  static constexpr std::uint32_t kRow = 8;
  static std::size_t bytes_per_unit(const engine::Layout& layout);

  /// Of slot 0; those of other slots stand at multiples of the stride.
  std::uint64_t* first_row(std::size_t group, std::uint32_t site) {
    return rows_.data() + (group * sites_ + site) * kRow;
  }
  std::size_t row_stride() const { return groups_ * sites_ * kRow; }
  std::uint32_t* given_up(std::size_t slot, std::size_t group) {
    return given_up_.data() + (slot * groups_ + group) * sites_;
  }
  std::uint32_t* first_flow(std::size_t group) { return flows_.data() + group * flow_slots_; }
  std::size_t flow_stride() const { return groups_ * flow_slots_; }
  std::uint32_t* first_mark(std::size_t group) { return marks_.data() + group * mark_slots_; }
  std::size_t mark_stride() const { return groups_ * mark_slots_; }
  /// Its sums are never read: for lanes that nobody is in.
  std::uint32_t nobody() const { return nobody_; }

  /// For a vector of agents, which are of two units at most.
  bool has_room() const { return free_.size() >= 2; }
  /// A slot for a new unit, which is the present one until it is closed for those who have not begun.
  void open();
  std::uint32_t present() const { return present_; }
  void enter(std::size_t group) {
    ++agents_[present_ * groups_ + group];
    ++under_way_[present_];
  }
  void leave(std::uint32_t slot) {
    if (--under_way_[slot] == 0 && closed_[slot] != 0) hand_over(slot);
  }
  /// Nobody else of the present unit will come.
  void close();

 private:
  /// Hands a unit's sums to the tally, and clears them.
  void hand_over(std::uint32_t slot);

  const engine::Layout& layout_;
  const std::vector<std::vector<std::uint8_t>> exits_fail_;
  engine::Tally& tally_;
  std::size_t groups_, sites_, flow_slots_, mark_slots_;
  std::uint32_t nobody_, present_ = 0;
  std::vector<std::uint64_t> rows_;
  std::vector<std::uint32_t> given_up_, flows_, marks_;
  std::vector<std::int64_t> agents_;
  std::vector<std::uint32_t> under_way_;
  std::vector<std::uint8_t> closed_;
  std::vector<std::uint32_t> free_;
  engine::UnitSums unit_;
};

}  // namespace sojourn::models
