#include "models/crowd/rows.h"

#include <algorithm>
#include <bit>

namespace sojourn::models {

std::size_t CrowdRows::bytes_per_unit(const engine::Layout& layout, std::uint32_t scenarios) {
  return variants(scenarios) * layout.groups.size() *
         (layout.sites.size() * (8 * kRow + 4) + 4 * (layout.flow_slots + layout.mark_slots) + 8);
}

CrowdRows::CrowdRows(const engine::Layout& layout, std::vector<std::vector<std::uint8_t>> exits_fail,
                     std::uint32_t scenarios, std::size_t most_units, engine::Tallies& tallies)
    : layout_(layout),
      exits_fail_(std::move(exits_fail)),
      tallies_(tallies),
      groups_(layout.groups.size()),
      sites_(layout.sites.size()),
      flow_slots_(layout.flow_slots),
      mark_slots_(layout.mark_slots),
      scenarios_(scenarios),
      variants_(variants(scenarios)),
      units_(static_cast<std::uint32_t>(most_units)),
      all_(most_units * variants_ + 1),
      rows_(all_ * groups_ * sites_ * kRow),
      given_up_(all_ * groups_ * sites_),
      flows_(all_ * groups_ * flow_slots_),
      marks_(std::max<std::size_t>(1, all_ * groups_ * mark_slots_)),
      agents_(most_units * groups_, 0),
      under_way_(most_units, 0),
      closed_(most_units, 0),
      sums_(scenarios + 1, engine::UnitSums(layout)) {
  for (std::uint32_t unit = units_; unit-- > 0;) free_.push_back(unit);
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

void CrowdRows::hand_over(std::uint32_t unit) {
  const std::uint32_t sets = 1U << scenarios_;
  for (std::uint32_t set = 0; set < sets; ++set) {
    // The base, and every scenario that has not parted.
    hand_over(unit * variants_ + set, 1U | (~set & (sets - 1)) << 1);
  }
  for (std::uint32_t scenario = 0; scenario < scenarios_; ++scenario) {
    hand_over(unit * variants_ + sets + scenario, 2U << scenario);
  }
  for (std::size_t group = 0; group < groups_; ++group) {
    for (engine::UnitSums& sums : sums_) sums.add_agents(group, agents_[unit * groups_ + group]);
    agents_[unit * groups_ + group] = 0;
  }
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    sums_[i].pool();
    tallies_.cases[i].add(sums_[i]);
    if (i > 0) tallies_.pairs[i - 1].add(sums_[0], sums_[i]);
  }
  for (engine::UnitSums& sums : sums_) sums.clear();
  free_.push_back(unit);
}

void CrowdRows::hand_over(std::uint32_t rows, std::uint32_t cases) {
  const std::uint32_t nodes = layout_.node_count();
  for (std::size_t group = 0; group < groups_; ++group) {
    std::uint32_t* marks = first_mark(group) + rows * mark_stride();
    std::uint32_t* flows = first_flow(group) + rows * flow_stride();
    std::uint32_t* given_up = first_given_up(group) + rows * given_up_stride();
    for (std::uint32_t s = 0; s < sites_; ++s) {
      std::uint64_t* from = first_row(group, s) + rows * row_stride();
      if (from[0] == 0) continue;
      const engine::Site& site = layout_.sites[s];
      const engine::NodeLayout& node = layout_.nodes[site.node];
      for (std::uint32_t left = cases; left != 0; left &= left - 1) {
        const auto i = static_cast<std::size_t>(std::countr_zero(left));
        engine::UnitSums& sums = sums_[i];
        tallies_.cases[i].add_reached(group, s, from[0] >> kFirstShift);
        engine::SiteSums& to = sums.touch(group, s);
        to.visits += static_cast<std::int64_t>(from[0] & 0xffff'ffff);
        for (std::size_t m = 0; m <= engine::kDurationMs; ++m) to.sums[m] += static_cast<std::int64_t>(from[1 + m]);
        to.sums[engine::kGivenUp] += given_up[s];
        for (std::size_t m = 0; m < node.marks.size(); ++m) {
          sums.marks(group)[site.first_mark + m] += marks[site.first_mark + m];
        }
        for (std::size_t t = 0; t < node.targets.size(); ++t) {
          const std::int64_t count = flows[site.first_flow + t];
          sums.flows(group)[site.first_flow + t] += count;
          const std::uint32_t target = node.targets[t];
          if (target >= nodes && exits_fail_[group][target - nodes] != 0) to.sums[engine::kDropOff] += count;
        }
      }
      std::fill_n(from, kRow, 0);
      given_up[s] = 0;
      std::fill_n(marks + site.first_mark, node.marks.size(), 0);
      std::fill_n(flows + site.first_flow, node.targets.size(), 0);
    }
  }
}

}  // namespace sojourn::models
