#include "engine/tally/tally.h"

#include <algorithm>
#include <limits>

namespace sojourn::engine {
namespace {

template <class T>
void add_all(std::vector<T>& mine, const std::vector<T>& theirs) {
  for (std::size_t i = 0; i < mine.size(); ++i) mine[i].add(theirs[i]);
}

}  // namespace

GroupTally::GroupTally(const Layout& layout)
    : scores(layout.scores),
      histograms(layout.histogram_scores.size()),
      sites(layout.sites.size()),
      marks(layout.mark_slots),
      flows(layout.flow_slots),
      controls(layout) {}

void GroupTally::add(const GroupTally& other) {
  add_endings(other);
  for (std::size_t s = 0; s < sites.size(); ++s) sites[s].reached += other.sites[s].reached;
  add_units(other);
}

void GroupTally::add_endings(const GroupTally& other) {
  agents += other.agents;
  add_all(scores, other.scores);
  add_all(histograms, other.histograms);
  controls.add(other.controls);
}

void GroupTally::subtract_endings(const GroupTally& other) {
  agents -= other.agents;
  for (std::size_t i = 0; i < scores.size(); ++i) scores[i].subtract(other.scores[i]);
  for (std::size_t i = 0; i < histograms.size(); ++i) histograms[i].subtract(other.histograms[i]);
  controls.subtract(other.controls);
}

void GroupTally::add_units(const GroupTally& other) {
  units += other.units;
  unit_sizes.add(other.unit_sizes);
  add_all(marks, other.marks);
  add_all(flows, other.flows);
  for (std::size_t s = 0; s < sites.size(); ++s) {
    sites[s].units += other.sites[s].units;
    sites[s].visits.add(other.sites[s].visits);
    for (std::size_t i = 0; i < kSiteSums; ++i) sites[s].measures[i].add(other.sites[s].measures[i]);
  }
}

Tally::Tally(const Layout& layout)
    : layout_(&layout), groups_(layout.groups.size() + (layout.groups.size() > 1 ? 1 : 0), GroupTally(layout)) {}

void Tally::add(const JourneySums& journey) {
  add(journey.ending, journey.scores());
  for (const std::uint32_t s : journey.touched_sites()) add_reached(journey.ending.group, s, 1);
}

void Tally::add_endings(std::size_t group, std::span<const Ending> endings, std::span<const std::int64_t> scores) {
  GroupTally& to = groups_[group];
  const std::size_t each = layout_->scores;
  to.agents += endings.size();
  add_scores(scores, endings.size(), to.scores);
  for (std::size_t i = 0; i < layout_->histogram_scores.size(); ++i) {
    for (std::size_t a = 0; a < endings.size(); ++a) {
      to.histograms[i].add(scores[a * each + layout_->histogram_scores[i]]);
    }
  }
  if (layout_->controlled.empty()) return;
  x_.clear();
  y_.clear();
  for (const Control& control : layout_->controls) {
    for (std::size_t a = 0; a < endings.size(); ++a) {
      x_.push_back(control_value(control, endings[a], scores.subspan(a * each, each)));
    }
  }
  for (const std::uint32_t score : layout_->controlled) {
    for (std::size_t a = 0; a < endings.size(); ++a) y_.push_back(scores[a * each + score]);
  }
  to.controls.add(x_, y_, endings.size());
}

void Tally::add_scores(std::span<const std::int64_t> scores, std::size_t agents, std::span<Moments> to) {
  // Of numbers from 0 to 1 in nano, which most scores are, sixteen squares fit into 64 bits: all scores side by side, as a processor likes it.
  constexpr std::uint64_t kSmall = std::uint64_t{1} << 30;
  constexpr std::size_t kAtOnce = 16;
  static_assert((kSmall - 1) * (kSmall - 1) <= std::numeric_limits<std::uint64_t>::max() / kAtOnce);
  const std::size_t each = to.size();
  for (std::size_t first = 0; first < agents; first += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, agents - first);
    const std::span<const std::int64_t> part = scores.subspan(first * each, count * each);
    small_.assign(3 * each, 0);
    std::uint64_t* bits = small_.data();
    std::uint64_t* sums = bits + each;
    std::uint64_t* squares = sums + each;
    for (std::size_t a = 0; a < count; ++a) {
      const std::int64_t* of_one = part.data() + a * each;
      for (std::size_t i = 0; i < each; ++i) {
        const auto x = static_cast<std::uint64_t>(of_one[i]);
        const std::uint64_t low = x & 0xffff'ffffU;
        bits[i] |= x;
        sums[i] += x;
        squares[i] += low * low;
      }
    }
    for (std::size_t i = 0; i < each; ++i) {
      if (bits[i] == 0) continue;
      if (bits[i] < kSmall) {
        to[i].sum += static_cast<std::int64_t>(sums[i]);
        to[i].squares.add(static_cast<Int128>(squares[i]));
      } else {
        to[i].add(part.subspan(i), each, count);
      }
    }
  }
}

void Tally::add(const UnitSums& unit) {
  for (std::size_t g = 0; g < groups_.size(); ++g) add_unit(unit, g, groups_[g]);
}

void Tally::add_unit(const UnitSums& unit, std::size_t group, GroupTally& tally) {
  const std::int64_t agents = unit.agents(group);
  if (agents == 0) return;
  ++tally.units;
  tally.unit_sizes.add(agents);
  for (const std::uint32_t s : unit.touched(group)) {
    const SiteSums& sums = unit.site(group, s);
    SiteTally& to = tally.sites[s];
    ++to.units;
    to.visits.add(sums.visits, agents);
    for (std::size_t i = 0; i < kSiteSums; ++i) {
      if (sums.sums[i] != 0) to.measures[i].add(sums.sums[i], sums.visits);
    }
    const Site& site = layout_->sites[s];
    const NodeLayout& node = layout_->nodes[site.node];
    for (std::uint32_t i = 0; i < node.marks.size(); ++i) {
      const std::int64_t count = unit.mark_count(group, site.first_mark + i);
      if (count != 0) tally.marks[site.first_mark + i].add(count, sums.visits);
    }
    for (std::uint32_t i = 0; i < node.targets.size(); ++i) {
      const std::int64_t count = unit.flow_count(group, site.first_flow + i);
      if (count != 0) tally.flows[site.first_flow + i].add(count, agents);
    }
  }
}

void Tally::add(const Tally& other) {
  for (std::size_t g = 0; g < groups_.size(); ++g) groups_[g].add(other.groups_[g]);
}

void Tally::add_endings_of(const Tally& all, const Tally& but) {
  for (std::size_t g = 0; g < layout_->groups.size(); ++g) {
    groups_[g].add_endings(all.groups_[g]);
    groups_[g].subtract_endings(but.groups_[g]);
  }
}

GroupTally Tally::pooled() const {
  if (groups_.size() == 1) return groups_.front();
  GroupTally all(*layout_);
  for (const GroupTally& group : groups()) {
    all.agents += group.agents;
    add_all(all.scores, group.scores);
    add_all(all.histograms, group.histograms);
    all.controls.add(group.controls);
    for (std::size_t s = 0; s < all.sites.size(); ++s) all.sites[s].reached += group.sites[s].reached;
  }
  all.add_units(groups_.back());
  return all;
}

}  // namespace sojourn::engine
