#include "engine/graph/traps.h"

#include "engine/graph/components.h"
#include "engine/graph/reach.h"

#include <algorithm>

namespace sojourn::engine {

std::vector<Trap> traps(const Network& network) {
  const Components components(network);
  const std::vector<bool> found = reached(network);
  std::vector<bool> closed(components.count(), true);
  for (const Link& link : network.links) {
    const std::uint32_t from = components.of(link.from);
    if (link.to >= network.nodes || components.of(link.to) != from) closed[from] = false;
  }
  std::vector<Trap> traps;
  for (std::uint32_t component = 0; component < components.count(); ++component) {
    const auto nodes = components.nodes(component);
    if (closed[component] && found[nodes.front()]) traps.emplace_back(nodes.begin(), nodes.end());
  }
  std::sort(traps.begin(), traps.end());
  return traps;
}

}  // namespace sojourn::engine
