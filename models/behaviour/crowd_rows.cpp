#include "models/behaviour/crowd_rows.h"

#include <algorithm>
#include <utility>

namespace sojourn::models {

std::size_t CrowdRows::bytes_per_unit(const engine::Layout& layout) {
  return layout.groups.size() * (layout.sites.size() * (8 * kRow + 4) + 4 * (layout.flow_slots + layout.mark_slots) + 8);
}

CrowdRows::CrowdRows(const engine::Layout& layout, std::vector<std::vector<std::uint8_t>> exits_fail,
                     std::size_t most_units, engine::Tally& tally)
    : layout_(layout),
      exits_fail_(std::move(exits_fail)),
      tally_(tally),
      groups_(layout.groups.size()),
      sites_(layout.sites.size()),
      flow_slots_(layout.flow_slots),
      mark_slots_(layout.mark_slots),
      nobody_(static_cast<std::uint32_t>(most_units)),
      rows_((most_units + 1) * groups_ * sites_ * kRow, 0),
      given_up_((most_units + 1) * groups_ * sites_, 0),
      flows_((most_units + 1) * groups_ * flow_slots_, 0),
      marks_((most_units + 1) * groups_ * mark_slots_, 0),
      agents_(most_units * groups_, 0),
      under_way_(most_units, 0),
      closed_(most_units, 0),
      unit_(layout) {
  for (auto slot = static_cast<std::uint32_t>(most_units); slot-- > 0;) free_.push_back(slot);
}

void CrowdRows::open() {
  present_ = free_.back();
  free_.pop_back();
  closed_[present_] = 0;
}

void CrowdRows::close() {
  closed_[present_] = 1;
  if (under_way_[present_] == 0) hand_over(present_);
}

void CrowdRows::hand_over(std::uint32_t slot) {
  const std::uint32_t nodes = layout_.node_count();
  for (std::size_t group = 0; group < groups_; ++group) {
    unit_.add_agents(group, agents_[slot * groups_ + group]);
    agents_[slot * groups_ + group] = 0;
    std::uint32_t* marks = first_mark(group) + slot * mark_stride();
    std::uint32_t* flows = first_flow(group) + slot * flow_stride();
    for (std::uint32_t s = 0; s < sites_; ++s) {
      std::uint64_t* from = first_row(group, s) + slot * row_stride();
      if (from[0] == 0) continue;
      engine::SiteSums& to = unit_.touch(group, s);
      to.visits += static_cast<std::int64_t>(from[0]);
      for (std::size_t i = 0; i <= engine::kDurationMs; ++i) to.sums[i] += static_cast<std::int64_t>(from[1 + i]);
      std::uint32_t& given = given_up(slot, group)[s];
      to.sums[engine::kGivenUp] += given;
      given = 0;
      std::fill_n(from, kRow, 0);
      const engine::Site& site = layout_.sites[s];
      const engine::NodeLayout& node = layout_.nodes[site.node];
      for (std::size_t i = 0; i < node.marks.size(); ++i) {
        unit_.marks(group)[site.first_mark + i] += std::exchange(marks[site.first_mark + i], 0);
      }
      for (std::size_t i = 0; i < node.targets.size(); ++i) {
        const std::int64_t count = std::exchange(flows[site.first_flow + i], 0);
        unit_.flows(group)[site.first_flow + i] += count;
        const std::uint32_t target = node.targets[i];
        if (target >= nodes && exits_fail_[group][target - nodes] != 0) to.sums[engine::kDropOff] += count;
      }
    }
  }
  unit_.pool();
  tally_.add(unit_);
  unit_.clear();
  free_.push_back(slot);
}

}  // namespace sojourn::models
