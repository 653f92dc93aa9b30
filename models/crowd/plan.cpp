#include "models/crowd/plan.h"

#include "engine/graph/components.h"

#include <algorithm>

namespace sojourn::models {
namespace {

/// Nodes that lie on no cycle, over all personas.
std::vector<std::uint8_t> met_once(const JourneyTables& tables, std::uint32_t exits) {
  engine::Network network;
  network.nodes = tables.node_count;
  network.exits = exits;
  std::vector<std::uint8_t> once(tables.node_count, 1);
  const auto link = [&](std::uint32_t from, std::uint32_t to) {
    if (from == to) once[from] = 0;
    if (to < tables.node_count) network.links.push_back({from, to, 1});
  };
  for (const PersonaTables& persona : tables.personas) {
    for (std::uint32_t node = 0; node < persona.stops.size(); ++node) {
      const Slice& ways = persona.stops[node].ways;
      for (std::uint32_t w = ways.first; w < ways.first + ways.count; ++w) {
        const WayRow& way = persona.ways[w];
        if (!persona.patient) link(node, way.given_up_to);
        for (std::uint32_t e = 0; e < way.edges.count; ++e) link(node, persona.edges[way.edges.first + e].to);
      }
    }
  }
  const engine::Components components(network);
  for (std::uint32_t node = 0; node < tables.node_count; ++node) {
    if (components.nodes(components.of(node)).size() > 1) once[node] = 0;
  }
  return once;
}

bool is_bounded(const engine::Quantile& quantile) {
  const double low = quantile(engine::uniform(0));
  const double high = quantile(engine::uniform(~std::uint32_t{0}));
  return low > -CrowdPlan::kLargest && high < CrowdPlan::kLargest;
}

bool is_guarded(const PersonaTables& persona, std::uint32_t way) {
  const Slice& edges = persona.ways[way].edges;
  return std::any_of(
      persona.edges.begin() + edges.first, persona.edges.begin() + edges.first + edges.count,
      [](const EdgeRow& edge) { return (edge.if_goals | edge.if_pains | edge.unless_goals | edge.unless_pains) != 0; });
}

/// Moods and the anchor are points from 0 to 10, so an exponent is at most ten times an edge's, either way.
bool is_gentle(const PersonaTables& persona, std::uint32_t way) {
  constexpr double kSteepest = 34;  // 2 * 10 * 34 < formula::kExpWithin
  const Slice& edges = persona.ways[way].edges;
  return std::all_of(persona.edges.begin() + edges.first, persona.edges.begin() + edges.first + edges.count,
                     [](const EdgeRow& edge) { return edge.mood >= -kSteepest && edge.mood <= kSteepest; });
}

bool fits(const PersonaTables& persona) {
  if (persona.visit_limit > CrowdPlan::kMostVisits) return false;
  if (!(persona.learning >= 0 && persona.learning <= 1)) return false;  // so that expectations stay in bounds
  if (!is_bounded(persona.expectation)) return false;
  return std::ranges::all_of(
      persona.ways, [](const WayRow& way) { return way.edges_fixed || way.edges.count <= CrowdPlan::kMostEdges; });
}

}  // namespace

CrowdPlan::CrowdPlan(const Customer& customer_, const engine::Layout& layout, const engine::PlaceKeys& keys,
                     std::uint32_t case_index, std::uint32_t first)
    : customer(customer_) {
  const JourneyTables& tables = customer.tables();
  const auto exits = static_cast<std::uint32_t>(layout.exits.size());
  std::size_t count = 0;
  for (const PersonaTables& persona : tables.personas) count += tables.node_count + exits + 1 + persona.ways.size();
  possible = count <= kMostLots;
  for (const auto& [cumulated, group] : tables.shares) possible = possible && fits(tables.personas[group]);
  if (!possible) return;

  for (std::uint32_t group = 0; group < tables.personas.size(); ++group) {
    const PersonaTables& persona = tables.personas[group];
    first_lot.push_back(first + static_cast<std::uint32_t>(lots.size()));
    for (std::uint32_t node = 0; node < tables.node_count; ++node) {
      const bool known = node < persona.stops.size();
      const StopRow stop = known ? persona.stops[node] : StopRow{};
      const bool single = stop.ways.count == 1 && stop.way_total > 0;
      lots.push_back({single ? LotPlan::Kind::stop : LotPlan::Kind::pick, group, node, stop.ways.first,
                      single && is_guarded(persona, stop.ways.first), single && is_gentle(persona, stop.ways.first)});
    }
    for (std::uint32_t exit = 0; exit < exits; ++exit) {
      lots.push_back({LotPlan::Kind::exit, group, tables.node_count + exit, 0});
    }
    lots.push_back({LotPlan::Kind::cut, group, 0, 0});
    first_way_lot.push_back(first + static_cast<std::uint32_t>(lots.size()));
    for (std::uint32_t way = 0; way < persona.ways.size(); ++way) {
      lots.push_back({LotPlan::Kind::way, group, 0, way, is_guarded(persona, way), is_gentle(persona, way)});
      is_long = is_long || persona.ways[way].effort != 0 || persona.ways[way].cost != 0;
    }
    for (std::uint32_t node = 0; node < persona.stops.size(); ++node) {
      const Slice& ways = persona.stops[node].ways;
      for (std::uint32_t w = ways.first; w < ways.first + ways.count; ++w)
        lots[first_way_lot[group] - first + w].place = node;
    }
    is_long = is_long || !persona.fulfilments.empty() ||
              std::ranges::any_of(persona.pains, [](const PainRow& pain) { return pain.opens != 0; });
  }
  for (LotPlan& lot : lots) lot.case_index = case_index;
  once = met_once(tables, exits);
  look_up(layout, keys);
}

void CrowdPlan::look_up(const engine::Layout& layout, const engine::PlaceKeys& keys) {
  const JourneyTables& tables = customer.tables();
  for (LotPlan& lot : lots) {
    lot.persona = &tables.personas[lot.group];
    lot.first_lot = first_lot[lot.group];
    const bool is_visit = lot.kind == LotPlan::Kind::stop || lot.kind == LotPlan::Kind::way;
    if ((!is_visit && lot.kind != LotPlan::Kind::pick) || lot.place >= lot.persona->stops.size()) continue;
    lot.stop = &lot.persona->stops[lot.place];
    lot.site = layout.nodes[lot.place].first_site;
    lot.key = keys.nodes[lot.place];
    if (!is_visit) continue;
    lot.visited = &lot.persona->ways[lot.way];
    if (lot.visited->way >= 0) lot.way_site = lot.site + 1 + static_cast<std::uint32_t>(lot.visited->way);
  }
}

}  // namespace sojourn::models
