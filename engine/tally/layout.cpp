#include "engine/tally/layout.h"

#include "engine/base/contract.h"

namespace sojourn::engine {

void Layout::finish() {
  sites.clear();
  mark_slots = 0;
  flow_slots = 0;
  for (std::uint32_t node = 0; node < nodes.size(); ++node) {
    NodeLayout& here = nodes[node];
    SOJOURN_EXPECT(here.marks.size() <= 64, "a node leaves at most 64 kinds of mark");
    here.first_site = static_cast<std::uint32_t>(sites.size());
    for (std::int32_t way = -1; way < static_cast<std::int32_t>(here.ways.size()); ++way) {
      sites.push_back({node, way, mark_slots, flow_slots});
      mark_slots += static_cast<std::uint32_t>(here.marks.size());
      flow_slots += static_cast<std::uint32_t>(here.targets.size());
    }
  }
  SOJOURN_EXPECT(mark_kinds.size() <= scores, "each kind of mark has its score");
}

}  // namespace sojourn::engine
