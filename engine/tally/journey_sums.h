#pragma once
// One agent's journey, summed by site: the unit of observation behind every estimate, since agents are independent and
// an agent's visits are not.

#include "engine/base/exact_sum.h"
#include "engine/tally/layout.h"
#include "engine/walk/behaviour.h"

#include <array>
#include <bit>
#include <span>
#include <vector>

namespace sojourn::engine {

/// What is summed per visit: the behaviour's measures (in nano), then these.
inline constexpr std::size_t kDurationMs = kMeasures;
inline constexpr std::size_t kGivenUp = kMeasures + 1;
inline constexpr std::size_t kDropOff = kMeasures + 2;
inline constexpr std::size_t kSiteSums = kMeasures + 3;

struct SiteSums {
  std::int64_t visits = 0;
  std::array<std::int64_t, kSiteSums> sums{};
};

class JourneySums {
 public:
  explicit JourneySums(const Layout& layout)
      : layout_(&layout),
        sites_(layout.sites.size()),
        marks_(layout.mark_slots, 0),
        flows_(layout.flow_slots, 0),
        scores_(layout.scores, 0) {}

  void clear() {
    for (const std::uint32_t s : touched_) {
      sites_[s] = SiteSums{};
      const Site& site = layout_->sites[s];
      const NodeLayout& node = layout_->nodes[site.node];
      for (std::size_t i = 0; i < node.marks.size(); ++i) marks_[site.first_mark + i] = 0;
      for (std::size_t i = 0; i < node.targets.size(); ++i) flows_[site.first_flow + i] = 0;
    }
    touched_.clear();
    for (auto& score : scores_) score = 0;
  }

  void add(const Visit& visit) {
    const NodeLayout& node = layout_->nodes[visit.node];
    std::array<std::int64_t, kSiteSums> row;
    for (std::size_t i = 0; i < kMeasures; ++i) row[i] = to_nano(visit.measures[i]);
    row[kDurationMs] = visit.duration_ms;
    row[kGivenUp] = visit.given_up ? 1 : 0;
    row[kDropOff] = visit.drop_off ? 1 : 0;
    add(node.first_site, visit, row);
    if (visit.way >= 0) add(node.first_site + 1 + static_cast<std::uint32_t>(visit.way), visit, row);
    for (std::uint64_t marks = visit.marks; marks != 0; marks &= marks - 1) {
      const auto kind = node.marks[static_cast<std::size_t>(std::countr_zero(marks))];
      scores_[layout_->scores - layout_->mark_kinds.size() + kind] += 1;
    }
  }

  Ending ending;
  /// The behaviour's scores; the counts of marks stand behind them and are kept by add().
  std::span<std::int64_t> behaviour_scores() {
    return std::span(scores_).first(layout_->scores - layout_->mark_kinds.size());
  }
  std::span<const std::int64_t> scores() const { return scores_; }
  const std::vector<std::uint32_t>& touched_sites() const { return touched_; }
  const SiteSums& site(std::uint32_t s) const { return sites_[s]; }
  std::int64_t mark_count(std::uint32_t slot) const { return marks_[slot]; }
  std::int64_t flow_count(std::uint32_t slot) const { return flows_[slot]; }

 private:
  void add(std::uint32_t s, const Visit& visit, const std::array<std::int64_t, kSiteSums>& row) {
    SiteSums& sums = sites_[s];
    if (sums.visits++ == 0) touched_.push_back(s);
    for (std::size_t i = 0; i < kSiteSums; ++i) sums.sums[i] += row[i];
    const Site& site = layout_->sites[s];
    for (std::uint64_t marks = visit.marks; marks != 0; marks &= marks - 1) {
      ++marks_[site.first_mark + static_cast<std::uint32_t>(std::countr_zero(marks))];
    }
    ++flows_[site.first_flow + visit.flow];
  }

  const Layout* layout_;
  std::vector<SiteSums> sites_;       // [site]
  std::vector<std::int64_t> marks_;   // [mark slot]
  std::vector<std::int64_t> flows_;   // [flow slot]
  std::vector<std::int64_t> scores_;  // [score]
  std::vector<std::uint32_t> touched_;
};

}  // namespace sojourn::engine
