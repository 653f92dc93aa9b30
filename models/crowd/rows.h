#pragma once
// A crowd's sums by unit, group and site, in rows that lanes add to.

#include "engine/compare/tallies.h"
#include "engine/tally/unit_sums.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace sojourn::models {

/// Numbers that are 0, in memory that the system gives page by page as they are used. They begin where a line of the caches does, so
/// that rows of 64 bytes are in one line each.
template <class T>
class Zeroed {
 public:
  Zeroed() = default;
  explicit Zeroed(std::size_t count) : memory_(std::calloc(count * sizeof(T) + kLine, 1)) {
    if (!memory_) throw std::bad_alloc();
    void* from = memory_.get();
    std::size_t room = count * sizeof(T) + kLine;
    numbers_ = static_cast<T*>(std::align(kLine, count * sizeof(T), from, room));
  }
  T* data() { return numbers_; }
  const T* data() const { return numbers_; }

 private:
  static constexpr std::size_t kLine = 64;
  struct Free {
    void operator()(void* memory) const { std::free(memory); }
  };
  std::unique_ptr<void, Free> memory_;
  T* numbers_ = nullptr;
};

/// Rows for a limited number of units at once. A unit has a slot from its first agent's beginning to its last agent's end.
/// A slot has rows for each set of scenarios whose journeys have parted from the base's: what a base agent does adds to the rows
/// of the set that have parted from it, and so counts for all other cases, too. Behind them come those of each scenario's
/// own agents.
class CrowdRows {
 public:
  /// exits_fail: [group][exit], whose leaving there is a drop-off; the same in all cases.
  CrowdRows(const engine::Layout& layout, std::vector<std::vector<std::uint8_t>> exits_fail, std::uint32_t scenarios,
            std::size_t most_units, engine::Tallies& tallies);

  /// A row: visits, and those that were an agent's first to the site from kFirst on; the measures in nano, duration.
  static constexpr std::uint32_t kRow = 8;
  static constexpr int kFirstShift = 32;
  static std::size_t bytes_per_unit(const engine::Layout& layout, std::uint32_t scenarios);
  static std::uint32_t variants(std::uint32_t scenarios) { return (1U << scenarios) + scenarios; }

  /// Of the first rows; those of others stand at multiples of the stride.
  std::uint64_t* first_row(std::size_t group, std::uint32_t site) {
    return rows_.data() + (group * sites_ + site) * kRow;
  }
  std::size_t row_stride() const { return groups_ * sites_ * kRow; }
  std::uint32_t* first_given_up(std::size_t group) { return given_up_.data() + group * sites_; }
  std::size_t given_up_stride() const { return groups_ * sites_; }
  std::uint32_t* first_flow(std::size_t group) { return flows_.data() + group * flow_slots_; }
  std::size_t flow_stride() const { return groups_ * flow_slots_; }
  std::uint32_t* first_mark(std::size_t group) { return marks_.data() + group * mark_slots_; }
  std::size_t mark_stride() const { return groups_ * mark_slots_; }
  /// Rows that are never read: for lanes that nobody is in.
  std::uint32_t nobody() const { return units_ * variants_; }

  /// For a vector of agents, which are of two units at most.
  bool has_room() const { return free_.size() >= 2; }
  /// A slot for a new unit, which is the present one until it is closed for those who have not begun.
  void open();
  /// Rows of the present unit, for an agent of the base that begins.
  std::uint32_t enter(std::size_t group) {
    ++agents_[present_ * groups_ + group];
    ++under_way_[present_];
    return present_ * variants_;
  }
  /// A scenario's journey parts from that of a base agent: the rows of the agent that makes it, and of the base agent from now on.
  std::uint32_t enter_scenario(std::uint32_t rows, std::uint32_t scenario) {
    const std::uint32_t unit = rows / variants_;
    ++under_way_[unit];
    return unit * variants_ + (1U << scenarios_) + scenario;
  }
  std::uint32_t parted(std::uint32_t rows, std::uint32_t scenario) const { return rows + (1U << scenario); }
  void leave(std::uint32_t rows) {
    const std::uint32_t unit = rows / variants_;
    if (--under_way_[unit] == 0 && closed_[unit] != 0) hand_over(unit);
  }
  /// Nobody else of the present unit will come.
  void close();

 private:
  /// Hands a unit's sums to the tallies, and clears them.
  void hand_over(std::uint32_t unit);
  /// Adds a set of rows to the sums of some cases, and clears it.
  void hand_over(std::uint32_t rows, std::uint32_t cases);

  const engine::Layout& layout_;
  const std::vector<std::vector<std::uint8_t>> exits_fail_;
  engine::Tallies& tallies_;
  std::size_t groups_, sites_, flow_slots_, mark_slots_;
  std::uint32_t scenarios_, variants_, units_, present_ = 0;
  std::size_t all_;  // sets of rows
  Zeroed<std::uint64_t> rows_;
  Zeroed<std::uint32_t> given_up_, flows_, marks_;
  std::vector<std::int64_t> agents_;      // [unit][group]
  std::vector<std::uint32_t> under_way_;  // [unit]
  std::vector<std::uint8_t> closed_;
  std::vector<std::uint32_t> free_;
  std::vector<engine::UnitSums> sums_;  // [case]
};

}  // namespace sojourn::models
