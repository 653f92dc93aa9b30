#include "models/crowd/path_tables.h"

#include "engine/random/luck.h"

#include <algorithm>
#include <numeric>

namespace sojourn::models {
namespace {

std::uint32_t blocks_of(std::size_t limits) {
  const auto with_end = static_cast<std::uint32_t>(limits) + 1;
  return (with_end + PathTables::kBlock - 1) / PathTables::kBlock * PathTables::kBlock;
}

PickLimits edges_of(const PersonaTables& persona, const WayRow& way) {
  return pick_limits(std::span(persona.edge_cumulated).subspan(way.edges.first, way.edges.count), way.edge_total);
}

PickLimits ways_of(const PersonaTables& persona, const StopRow& stop) {
  std::vector<double> cumulated;
  for (std::uint32_t i = 0; i < stop.ways.count; ++i) {
    cumulated.push_back(persona.ways[stop.ways.first + i].cumulated_share);
  }
  return pick_limits(cumulated, stop.way_total);
}

PickLimits pick_limits(const std::vector<std::pair<double, std::uint32_t>>& cumulated) {
  std::vector<double> weights;
  for (const auto& [weight, index] : cumulated) weights.push_back(weight);
  return models::pick_limits(weights, weights.back());
}

}  // namespace

std::optional<PathObstacle> obstacle_to_paths(const JourneyTables& tables) {
  for (const auto& [cumulated, group] : tables.shares) {
    const PersonaTables& persona = tables.personas[group];
    if (!persona.patient) return PathObstacle{PathObstacle::What::patience, group, 0};
    if (persona.visit_limit > PathTables::kMostVisits) return PathObstacle{PathObstacle::What::visits, group, 0};
    for (std::uint32_t node = 0; node < persona.stops.size(); ++node) {
      const Slice& ways = persona.stops[node].ways;
      for (std::uint32_t w = ways.first; w < ways.first + ways.count; ++w) {
        if (!persona.ways[w].edges_fixed) return PathObstacle{PathObstacle::What::choices, group, node};
      }
    }
  }
  return std::nullopt;
}

PickLimits pick_limits(std::span<const double> cumulated, double total) {
  PickLimits picks;
  for (std::size_t i = 0; i + 1 < cumulated.size(); ++i) {
    // The first word that does not pick it: products round in the order of their factors, so it can be searched for.
    std::uint64_t low = 0;
    std::uint64_t high = std::uint64_t{1} << 32;
    while (low < high) {
      const std::uint64_t middle = (low + high) / 2;
      if (engine::uniform(static_cast<std::uint32_t>(middle)) * total < cumulated[i]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0) {
      ++picks.first;
    } else {
      picks.limits.push_back(static_cast<std::uint32_t>(low - 1));
    }
  }
  return picks;
}

PathTables::PathTables(const JourneyTables& tables, const engine::Layout& layout, const engine::PlaceKeys& place_keys)
    : nodes(tables.node_count),
      sites(static_cast<std::uint32_t>(layout.sites.size())),
      has_ways(sites != nodes),
      width(kBlock),
      way_width(kBlock) {
  const auto group_count = static_cast<std::uint32_t>(tables.personas.size());
  idle = group_count * nodes;
  first_exit = idle + 1;
  stuck = first_exit + static_cast<std::uint32_t>(layout.exits.size());
  std::size_t rows = first_exit;
  for (const PersonaTables& persona : tables.personas) {
    rows += persona.ways.size();
    for (const WayRow& way : persona.ways) width = std::max(width, blocks_of(way.edges.count));
    for (const StopRow& stop : persona.stops) way_width = std::max(way_width, blocks_of(stop.ways.count));
  }
  limits = Zeroed<std::uint32_t>(rows * width);
  std::fill_n(limits.data(), rows * width, kNever);
  ends.assign(rows * width, {stuck, group_count * layout.flow_slots});
  site.assign(rows, 0);
  way_limits = Zeroed<std::uint32_t>(std::size_t{first_exit} * way_width);
  std::fill_n(way_limits.data(), std::size_t{first_exit} * way_width, kNever);
  first_row.resize(first_exit);
  std::iota(first_row.begin(), first_row.end(), 0U);
  node_site.assign(first_exit, 0);
  keys.assign(first_exit, 0);
  visit_limits.assign(group_count, 1);
  starts.resize(group_count);

  const auto arrival = [&](std::uint32_t group, std::uint32_t to) {
    return to < nodes ? group * nodes + to : first_exit + (to - nodes);
  };
  std::uint32_t next_row = first_exit;  // of stops with ways
  for (const auto& [cumulated, group] : tables.shares) {
    const PersonaTables& persona = tables.personas[group];
    visit_limits[group] = persona.visit_limit;
    Start& start = starts[group];
    const PickLimits begins = pick_limits(persona.start);
    start.first = begins.first;
    start.limits = begins.limits;
    for (const auto& [weight, at] : persona.start) start.at.push_back(arrival(group, at));
    for (std::uint32_t node = 0; node < persona.stops.size(); ++node) {
      const StopRow& stop = persona.stops[node];
      const std::uint32_t s = group * nodes + node;
      const engine::NodeLayout& at = layout.nodes[node];
      keys[s] = place_keys.nodes[node][0] | std::uint64_t{place_keys.nodes[node][1]} << 32;
      node_site[s] = site[s] = group * sites + at.first_site;
      if (stop.ways.count == 0 || !(stop.way_total > 0)) continue;
      const PickLimits ways = stop.ways.count > 1 ? ways_of(persona, stop) : PickLimits{};
      std::ranges::copy(ways.limits, way_limits.data() + std::size_t{s} * way_width);
      const auto picked = static_cast<std::uint32_t>(ways.limits.size()) + 1;
      first_row[s] = has_ways ? next_row : s;
      if (has_ways) next_row += picked;
      for (std::uint32_t w = 0; w < picked; ++w) {
        const WayRow& way = persona.ways[stop.ways.first + ways.first + w];
        const std::size_t row = first_row[s] + w;
        const std::uint32_t of_way =
            at.first_site + (way.way >= 0 ? 1 + static_cast<std::uint32_t>(way.way) : std::uint32_t{0});
        site[row] = group * sites + of_way;
        if (way.edges.count == 0) continue;
        const PickLimits edges = edges_of(persona, way);
        std::ranges::copy(edges.limits, limits.data() + row * width);
        for (std::size_t e = 0; e <= edges.limits.size(); ++e) {
          const EdgeRow& edge = persona.edges[way.edges.first + edges.first + e];
          ends[row * width + e] = {arrival(group, edge.to),
                                   group * layout.flow_slots + layout.sites[of_way].first_flow + edge.flow};
        }
      }
    }
  }
  // Nobody goes nowhere, and is counted behind all others.
  ends[std::size_t{idle} * width] = {idle, group_count * layout.flow_slots};
  site[idle] = node_site[idle] = group_count * sites;

  groups = pick_limits(tables.shares);
  for (const auto& [cumulated, group] : tables.shares) group_of_pick.push_back(group);
}

}  // namespace sojourn::models
