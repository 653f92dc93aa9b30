#include "models/exact/detail/sums.h"

#include <algorithm>

namespace sojourn::models::exact {

JourneySums::JourneySums(const engine::Layout& layout, std::size_t outcome_count, std::size_t goal_count,
                         std::size_t pain_count)
    : outcomes(outcome_count), goals(goal_count), met(pain_count), open(pain_count), sites(layout.sites.size()) {
  for (std::size_t s = 0; s < sites.size(); ++s) {
    const engine::NodeLayout& node = layout.nodes[layout.sites[s].node];
    sites[s].marks.resize(node.marks.size());
    sites[s].flows.resize(node.targets.size());
  }
}

void JourneySums::add(const JourneySums& other, double share) {
  JourneySums copy = other;
  each(copy, [share](Known& to, const Known& from) { to.add(from, share); });
}

void JourneySums::spoil(std::int32_t why) {
  JourneySums copy = *this;
  each(copy, [why](Known& to, const Known&) { to.spoil(why); });
}

}  // namespace sojourn::models::exact
