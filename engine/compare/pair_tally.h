#pragma once
// Sums over agents that walked both the base and a scenario: the products that the variance of a difference needs, and
// what became of the individual agent.

#include "engine/compare/parted_sums.h"
#include "engine/tally/journey_sums.h"
#include "engine/tally/moments.h"
#include "engine/tally/tally.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace sojourn::engine {

/// Products of a site's totals in base (1) and scenario (2), over units but for reached_both.
struct SiteCross {
  std::uint64_t reached_both = 0;  // agents
  WideSum visits;                  // b1 b2
  WideSum visits_sizes;            // b1 times the agents in the scenario
  WideSum sizes_visits;
  std::array<CrossMoments, kSiteSums> measures;
};

/// Products over the agents that are in one group in both cases, and over the units of the group's agents in either.
struct GroupCross {
  explicit GroupCross(const Layout& layout);
  std::uint64_t agents = 0;
  std::vector<WideSum> scores;      // [score]
  std::vector<SiteCross> sites;     // [site]
  std::vector<CrossMoments> marks;  // [mark slot]
  std::vector<CrossMoments> flows;  // [flow slot] per agent
  WideSum unit_sizes;               // agents in base times agents in scenario
  // With controls only. Of a difference, a control is what a score differs by, or the base's value of what both begin with;
  // of the latter only the products with others are kept, the rest is the base's.
  ControlSums controls;
  std::vector<Moments> first_change;    // [node], then the end: change of the headline score
  std::vector<WideSum> first_change_x;  // [node][control]: its product with the control
  void add(const GroupCross& other);
  void add_units(const GroupCross& other);
};

/// Where two journeys of one agent part.
struct Parting {
  bool changed = false;    // anything at all differs
  std::uint32_t node = 0;  // of the first visit that differs; node_count if all visits are equal and the end is not
};

class PairTally {
 public:
  explicit PairTally(const Layout& layout);
  void add(const JourneySums& base, const JourneySums& scenario, Parting parting);

  // The same for agents whose journeys are alike in both cases, but for some of them: all are added as alike, and those that are not
  // are then added once more. Nobody's group may differ.
  /// `base`: endings and reached sites of all; `pair_scores`: of each with itself.
  void add_alike(const Tally& base, const std::vector<Moments>& pair_scores);
  /// One of them. `sums`, which are always those of its group, wait for move_parted().
  void add_parted(const PartedPair& pair, PartedSums& sums);
  void move_parted(std::size_t group, PartedSums& sums);
  /// It reached a site in the base only.
  void add_missed(std::size_t group, std::uint32_t site) { --groups_[group].sites[site].reached_both; }
  /// Their pair scores: `with_itself` is that of a base's journey with itself.
  void add_pair_score_parted(std::uint32_t i, std::int64_t with_itself, std::int64_t value) {
    if (with_itself == value) return;
    pair_scores_[i].subtract(with_itself);
    pair_scores_[i].add(value);
  }
  /// A unit of agents in both cases, pooled.
  void add(const UnitSums& base, const UnitSums& scenario);
  void add_pair_score(std::uint32_t i, std::int64_t value) { pair_scores_[i].add(value); }
  void add(const PairTally& other);

  /// [group], then those whose group differs between base and scenario ("movers").
  std::span<const GroupCross> groups() const { return std::span(groups_).first(layout_->groups.size() + 1); }
  GroupCross pooled() const;
  /// Sums over the movers as base and as scenario; null if there is none.
  const Tally* movers_in_base() const { return movers_in_base_ ? &*movers_in_base_ : nullptr; }
  const Tally* movers_in_scenario() const { return movers_in_scenario_ ? &*movers_in_scenario_ : nullptr; }
  std::uint64_t changed() const { return changed_; }
  /// Change of the headline score, by the node where the journey first differs; the last entry: only at the end.
  const std::vector<Moments>& by_first_change() const { return by_first_change_; }
  const std::vector<Moments>& pair_scores() const { return pair_scores_; }

 private:
  /// What its journeys differ by at their end; `change` of each score. Control sums wait in `waiting`, if there is one.
  void add_change(GroupCross& to, const PartedPair& pair, const std::int64_t* change, ControlBatch* waiting);
  void add_unit(const UnitSums& base, const UnitSums& scenario, std::size_t group, GroupCross& to);

  const Layout* layout_;
  std::vector<GroupCross> groups_;        // [group], then the movers, then all together: of units only
  std::vector<Moments> by_first_change_;  // [node], then the end
  std::vector<Moments> pair_scores_;
  std::uint64_t changed_ = 0;
  ControlBatch controls_;                // of the present pair
  std::vector<std::int64_t> change_;     // [score] of it
  std::optional<Tally> movers_in_base_;  // made when the first mover comes
  std::optional<Tally> movers_in_scenario_;
};

}  // namespace sojourn::engine
