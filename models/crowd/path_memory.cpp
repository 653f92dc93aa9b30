#include "models/crowd/path_memory.h"

#include <algorithm>

namespace sojourn::models {
namespace {

constexpr std::size_t kMostFlowBytes = 4 << 20;  // of the units under way

std::size_t units_for(std::size_t flow_stride) {
  return std::clamp<std::size_t>(kMostFlowBytes / (sizeof(std::uint32_t) * flow_stride), 2, PathWork::kSeats + 2);
}

}  // namespace

PathWork::PathWork(const PathTables& tables_, const engine::Layout& layout_, const engine::PlaceKeys& keys_)
    : tables(tables_),
      layout(layout_),
      keys(keys_),
      tally(layout_),
      flow_stride(layout_.groups.size() * layout_.flow_slots + 1),
      flows(units_for(flow_stride) * flow_stride),
      reached(layout_.groups.size() * layout_.sites.size() + 1, 0),
      lanes(kVectors),
      counts(kSeats * (std::size_t{tables_.nodes} + 1), 0),
      by_site(tables_.has_ways ? kSeats * layout_.sites.size() : 0, 0),
      sums_(layout_) {
  const std::size_t units = units_for(flow_stride);
  agents_.assign(units * layout.groups.size(), 0);
  under_way_of_.assign(units, 0);
  closed_.assign(units, 0);
  for (auto unit = static_cast<std::uint32_t>(units); unit-- > 0;) free_.push_back(unit);
}

std::uint32_t PathWork::enter(bool first_of_unit, bool last_of_unit, std::uint32_t group) {
  if (first_of_unit) {
    present_ = free_.back();
    free_.pop_back();
    closed_[present_] = 0;
  }
  const std::uint32_t unit = present_;
  ++under_way_of_[unit];
  ++agents_[unit * layout.groups.size() + group];
  ++tally.agents;
  if (last_of_unit) {
    closed_[unit] = 1;
    present_ = kNone;
  }
  return unit;
}

void PathWork::leave(std::uint32_t unit, std::uint32_t group, std::uint32_t visits, std::uint32_t exit) {
  PathEnds& ends = tally.ends[group];
  ++ends.agents;
  ends.visits += visits;
  tally.visits += visits;
  ends.squares += static_cast<engine::Int128>(visits) * visits;
  if (exit == kNone) {
    ++ends.truncated;
  } else {
    ++ends.exits[exit];
  }
  if (--under_way_of_[unit] == 0 && closed_[unit] != 0) hand_over(unit);
}

void PathWork::hand_over(std::uint32_t unit) {
  for (std::size_t group = 0; group < layout.groups.size(); ++group) {
    std::int64_t& agents = agents_[unit * layout.groups.size() + group];
    if (agents == 0) continue;
    sums_.add_agents(group, agents);
    agents = 0;
    std::uint32_t* of_group = flows_of(unit) + group * layout.flow_slots;
    for (std::uint32_t node = 0; node < layout.node_count(); ++node) {
      const engine::NodeLayout& at = layout.nodes[node];
      const std::size_t targets = at.targets.size();
      std::int64_t* to = sums_.flows(group);
      const std::uint32_t first_flow = layout.sites[at.first_site].first_flow;
      std::int64_t visits = 0;
      for (std::uint32_t s = at.first_site; s <= at.first_site + at.ways.size(); ++s) {
        const engine::Site& site = layout.sites[s];
        std::int64_t here = 0;
        for (std::size_t t = 0; t < targets; ++t) {
          const std::int64_t count = of_group[site.first_flow + t];
          if (count == 0) continue;
          here += count;
          to[first_flow + t] += count;
          if (s != at.first_site) to[site.first_flow + t] += count;
        }
        std::fill_n(of_group + site.first_flow, targets, 0);
        visits += here;
        if (s != at.first_site && here != 0) sums_.touch(group, s).visits += here;
      }
      if (visits != 0) sums_.touch(group, at.first_site).visits += visits;
    }
  }
  sums_.pool();
  tally.sites.add(sums_);
  sums_.clear();
  free_.push_back(unit);
}

void PathWork::settle() {
  const std::size_t sites = layout.sites.size();
  for (std::size_t group = 0; group < layout.groups.size(); ++group) {
    for (std::uint32_t s = 0; s < sites; ++s) tally.sites.add_reached(group, s, reached[group * sites + s]);
  }
  std::ranges::fill(reached, 0);
}

}  // namespace sojourn::models
