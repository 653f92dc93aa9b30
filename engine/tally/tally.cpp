#include "engine/tally/tally.h"

#include <algorithm>
#include <limits>

namespace sojourn::engine {

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

void Tally::add(const Ending& ending, std::span<const std::int64_t> scores) {
  GroupTally& to = groups_[ending.group];
  ++to.agents;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] != 0) to.scores[i].add(scores[i]);
  }
  for (std::size_t i = 0; i < to.histograms.size(); ++i) to.histograms[i].add(scores[layout_->histogram_scores[i]]);
  if (layout_->controlled.empty()) return;
  x_.clear();
  y_.clear();
  for (const Control& control : layout_->controls) x_.push_back(control_value(control, ending, scores));
  for (const std::uint32_t score : layout_->controlled) y_.push_back(scores[score]);
  to.controls.add(x_, y_);
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
