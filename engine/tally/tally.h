#pragma once
// Sums over agents, by group: scores per journey, and measures, marks and flows per site. Adding is exact, so a tally
// does not depend on the order of agents, chunks, threads or ranks.

#include "engine/tally/control_sums.h"
#include "engine/tally/histogram.h"
#include "engine/tally/journey_sums.h"
#include "engine/tally/moments.h"

#include <array>
#include <vector>

namespace sojourn::engine {

struct SiteTally {
  std::uint64_t reached = 0;  // agents with at least one visit
  Moments visits;
  std::array<RatioMoments, kSiteSums> measures;  // each per visit
};

struct GroupTally {
  explicit GroupTally(const Layout& layout);
  std::uint64_t agents = 0;
  std::vector<Moments> scores;        // [score]
  std::vector<Histogram> histograms;  // [layout.histogram_scores]
  std::vector<SiteTally> sites;       // [site]
  std::vector<RatioMoments> marks;    // [mark slot] per visit
  std::vector<Moments> flows;         // [flow slot] per agent
  ControlSums controls;

  void add(const GroupTally& other);
};

/// One case's tally.
class Tally {
 public:
  explicit Tally(const Layout& layout);
  void add(const JourneySums& journey);
  void add(const Tally& other);
  const std::vector<GroupTally>& groups() const { return groups_; }
  /// All groups together.
  GroupTally pooled() const;

 private:
  const Layout* layout_;
  std::vector<GroupTally> groups_;   // [group]
  std::vector<std::int64_t> x_, y_;  // of the present agent: controls, controlled scores
};

}  // namespace sojourn::engine
