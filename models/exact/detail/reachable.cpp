#include "models/exact/detail/reachable.h"

namespace sojourn::models::exact {

void Behind::spoil(const PersonaView& view, std::uint32_t to, std::int32_t why) {
  std::vector<std::uint32_t> stack;
  const auto mark = [&](std::uint32_t next) {
    std::int32_t& here = next < view.nodes() ? nodes[next] : outcomes[next - view.nodes()];
    if (here != kExact) return;
    here = why;
    if (next >= view.nodes()) return;
    stack.push_back(next);
    if (any_node == kExact) any_node = why;
  };
  mark(to);
  const PersonaTables& rows = view.rows();
  while (!stack.empty()) {
    const StopRow& stop = rows.stops[stack.back()];
    stack.pop_back();
    for (std::uint32_t w = stop.ways.first; w < stop.ways.first + stop.ways.count; ++w) {
      const WayRow& way = rows.ways[w];
      if (view.way(w).wait.given_up.zeroth > 0) mark(way.given_up_to);
      if (!(view.way(w).wait.stayed.zeroth > 0)) continue;
      for (std::uint32_t i = way.edges.first; i < way.edges.first + way.edges.count; ++i) mark(rows.edges[i].to);
    }
  }
}

Behind behind_obstacles(const PersonaView& view, const Product& product) {
  Behind behind(view);
  for (const Obstacle& obstacle : product.obstacles) {
    for (const std::uint32_t to : obstacle.targets) behind.spoil(view, to, obstacle.why);
  }
  return behind;
}

}  // namespace sojourn::models::exact
