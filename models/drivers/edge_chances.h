#pragma once
// The chances of a visit's open edges, as the walk draws them.

#include "engine/base/math.h"
#include "models/behaviour/tables.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace sojourn::models {

struct EdgeChance {
  std::uint32_t edge = 0;  // row of the persona's edges
  double chance = 0;       // sums to 1 over the open edges
};

/// `mood`: above the anchor. Multinomial logit over the open edges (McFadden 1974).
inline void edge_chances(const PersonaTables& persona, const WayRow& way, double mood, std::uint64_t goals,
                         std::uint64_t pains, std::vector<EdgeChance>& chances) {
  chances.clear();
  double largest = -std::numeric_limits<double>::infinity();
  for (std::uint32_t i = way.edges.first; i < way.edges.first + way.edges.count; ++i) {
    const EdgeRow& edge = persona.edges[i];
    const bool open = (edge.if_goals & ~goals) == 0 && (edge.if_pains & ~pains) == 0 &&
                      (edge.unless_goals & goals) == 0 && (edge.unless_pains & pains) == 0;
    if (!open) continue;
    chances.push_back({i, edge.mood * mood});
    largest = std::max(largest, edge.mood * mood);
  }
  double total = 0;
  for (EdgeChance& one : chances) {
    const double exponent = one.chance - largest;
    one.chance = persona.edges[one.edge].weight * (exponent == 0 ? 1.0 : engine::exp(exponent));
    total += one.chance;
  }
  for (EdgeChance& one : chances) one.chance /= total;
}

}  // namespace sojourn::models
