#pragma once
// The unit of variance. Where agents are many, what they do at the sites is summed over small batches of them, and products
// are made once for each batch: batches are as independent as agents are, so the same formulas give the error ("batch
// means" or replicated totals; Wolter 2007, Introduction to Variance Estimation, ch. 2.2), at the cost of additions.

#include "engine/tally/journey_sums.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::engine {

/// Agents in the unit that an agent belongs to: a function of its number alone, so that a run is a prefix of every longer one.
/// 1 for the first 256; then it grows with the number so that every longer run is worth at least some 300 units of equal size (its
/// number of agents squared, over the sum of the units' squared sizes), until it is 1,024. Standard errors are then known to
/// 4 % and better, by the usual 1 / sqrt(2 units); with more units, closing them costs more than walking.
inline std::uint64_t unit_agents(std::uint64_t agent) {
  return std::bit_floor(std::clamp<std::uint64_t>(agent / 128, 1, 1024));
}

/// Whether an agent is the last of its unit.
inline bool ends_unit(std::uint64_t agent) { return (agent + 1) % unit_agents(agent) == 0; }

/// What the agents of one unit and one group did: counts and sums by site.
class UnitSums {
 public:
  explicit UnitSums(const Layout& layout)
      : layout_(&layout),
        all_(layout.groups.size() > 1 ? layout.groups.size() : 0),
        sites_(layout.sites.size()),
        agents_(all_ + 1, 0),
        rows_((all_ + 1) * sites_),
        marks_((all_ + 1) * layout.mark_slots, 0),
        flows_((all_ + 1) * layout.flow_slots, 0),
        touched_(all_ + 1) {}

  void add(const JourneySums& journey);
  /// Makes the sums of all groups together, once all agents are added.
  void pool();
  void clear();

  /// The index that all groups together have after pool(): that of the only group if there is one.
  std::size_t all() const { return all_; }
  std::int64_t agents(std::size_t group) const { return agents_[group]; }
  std::span<const std::uint32_t> touched(std::size_t group) const { return touched_[group]; }
  const SiteSums& site(std::size_t group, std::uint32_t s) const { return rows_[group * sites_ + s]; }
  std::int64_t mark_count(std::size_t group, std::uint32_t slot) const {
    return marks_[group * layout_->mark_slots + slot];
  }
  std::int64_t flow_count(std::size_t group, std::uint32_t slot) const {
    return flows_[group * layout_->flow_slots + slot];
  }

  // For those who add visit by visit.
  void add_agents(std::size_t group, std::int64_t agents) { agents_[group] += agents; }
  SiteSums& touch(std::size_t group, std::uint32_t s) {
    SiteSums& row = rows_[group * sites_ + s];
    if (row.visits == 0) touched_[group].push_back(s);
    return row;
  }
  std::int64_t* marks(std::size_t group) { return marks_.data() + group * layout_->mark_slots; }
  std::int64_t* flows(std::size_t group) { return flows_.data() + group * layout_->flow_slots; }

 private:
  const Layout* layout_;
  std::size_t all_;
  std::size_t sites_;
  std::vector<std::int64_t> agents_;                 // [group], and all
  std::vector<SiteSums> rows_;                       // [group][site]
  std::vector<std::int64_t> marks_;                  // [group][mark slot]
  std::vector<std::int64_t> flows_;                  // [group][flow slot]
  std::vector<std::vector<std::uint32_t>> touched_;  // [group] sites
};

}  // namespace sojourn::engine
