#include "engine/tally/unit_sums.h"

namespace sojourn::engine {
namespace {

void add_row(SiteSums& to, const SiteSums& row) {
  to.visits += row.visits;
  for (std::size_t i = 0; i < kSiteSums; ++i) to.sums[i] += row.sums[i];
}

}  // namespace

void UnitSums::add(const JourneySums& journey) {
  const std::size_t group = journey.ending.group;
  add_agents(group, 1);
  for (const std::uint32_t s : journey.touched_sites()) {
    add_row(touch(group, s), journey.site(s));
    const Site& site = layout_->sites[s];
    const NodeLayout& node = layout_->nodes[site.node];
    std::int64_t* marks = this->marks(group) + site.first_mark;
    std::int64_t* flows = this->flows(group) + site.first_flow;
    for (std::uint32_t i = 0; i < node.marks.size(); ++i) marks[i] += journey.mark_count(site.first_mark + i);
    for (std::uint32_t i = 0; i < node.targets.size(); ++i) flows[i] += journey.flow_count(site.first_flow + i);
  }
}

void UnitSums::pool() {
  if (all_ == 0) return;
  for (std::size_t group = 0; group < all_; ++group) {
    agents_[all_] += agents_[group];
    for (const std::uint32_t s : touched_[group]) {
      add_row(touch(all_, s), site(group, s));
      const Site& site = layout_->sites[s];
      const NodeLayout& node = layout_->nodes[site.node];
      for (std::uint32_t i = 0; i < node.marks.size(); ++i) {
        marks(all_)[site.first_mark + i] += mark_count(group, site.first_mark + i);
      }
      for (std::uint32_t i = 0; i < node.targets.size(); ++i) {
        flows(all_)[site.first_flow + i] += flow_count(group, site.first_flow + i);
      }
    }
  }
}

void UnitSums::clear() {
  for (std::size_t group = 0; group <= all_; ++group) {
    agents_[group] = 0;
    for (const std::uint32_t s : touched_[group]) {
      rows_[group * sites_ + s] = SiteSums{};
      const Site& site = layout_->sites[s];
      const NodeLayout& node = layout_->nodes[site.node];
      std::fill_n(marks(group) + site.first_mark, node.marks.size(), 0);
      std::fill_n(flows(group) + site.first_flow, node.targets.size(), 0);
    }
    touched_[group].clear();
  }
}

}  // namespace sojourn::engine
