#pragma once
// Sums by group: scores per journey, over agents; measures, marks and flows per site, over units of agents
// (engine/tally/unit_sums.h). Adding is exact, so a tally does not depend on the order of agents, chunks, threads or ranks.

#include "engine/tally/control_sums.h"
#include "engine/tally/histogram.h"
#include "engine/tally/journey_sums.h"
#include "engine/tally/moments.h"
#include "engine/tally/unit_sums.h"

#include <array>
#include <span>
#include <vector>

namespace sojourn::engine {

struct SiteTally {
  std::uint64_t reached = 0;                     // agents with at least one visit
  std::uint64_t units = 0;                       // with at least one visit
  RatioMoments visits;                           // per agent
  std::array<RatioMoments, kSiteSums> measures;  // each per visit
};

struct GroupTally {
  explicit GroupTally(const Layout& layout);
  std::uint64_t agents = 0;
  std::uint64_t units = 0;            // with agents
  Moments unit_sizes;                 // agents of a unit
  std::vector<Moments> scores;        // [score]
  std::vector<Histogram> histograms;  // [layout.histogram_scores]
  std::vector<SiteTally> sites;       // [site]
  std::vector<RatioMoments> marks;    // [mark slot] per visit
  std::vector<RatioMoments> flows;    // [flow slot] per agent
  ControlSums controls;

  void add(const GroupTally& other);
  /// What is summed over agents' endings only.
  void add_endings(const GroupTally& other);
  void subtract_endings(const GroupTally& other);
  /// What is summed over units only.
  void add_units(const GroupTally& other);
};

/// One case's tally.
class Tally {
 public:
  explicit Tally(const Layout& layout);
  /// An agent: its scores, and where it was. What it did there comes with its unit.
  void add(const JourneySums& journey);
  /// A unit of agents, pooled.
  void add(const UnitSums& unit);
  // The two parts of add(journey), for those who have no JourneySums; of many endings the first is EndingSums' work.
  void add(const Ending& ending, std::span<const std::int64_t> scores);
  GroupTally& endings_of(std::size_t group) { return groups_[group]; }
  void add_reached(std::size_t group, std::uint32_t site, std::uint64_t agents) {
    groups_[group].sites[site].reached += agents;
  }
  void add(const Tally& other);
  /// The endings of all agents but some: where most agents end as in another case, only the others are tallied here.
  void add_endings_of(const Tally& all, const Tally& but);
  std::span<const GroupTally> groups() const { return std::span(groups_).first(layout_->groups.size()); }
  /// All groups together. A unit has agents of several, so its squares are kept for all of them, too.
  GroupTally pooled() const;

 private:
  void add_unit(const UnitSums& unit, std::size_t group, GroupTally& tally);

  const Layout* layout_;
  std::vector<GroupTally> groups_;   // [group], then, if there are several, all together: of units only
  std::vector<std::int64_t> x_, y_;  // of the present agent: controls, controlled scores
};

}  // namespace sojourn::engine
