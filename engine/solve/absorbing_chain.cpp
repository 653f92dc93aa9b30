#include "engine/solve/absorbing_chain.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <cmath>

namespace sojourn::engine {

AbsorbingChain::AbsorbingChain(std::uint32_t states, std::uint32_t exits, std::vector<Transition> transitions)
    : exits_(exits), first_(states + std::size_t{1}, 0) {
  std::erase_if(transitions, [](const Transition& transition) { return transition.probability == 0; });
  for (const Transition& transition : transitions) {
    SOJOURN_EXPECT(transition.from < states && transition.to < states + exits, "a transition is between known ends");
    SOJOURN_EXPECT(transition.probability > 0 && transition.probability <= 1 + 1e-12, "a probability is from 0 to 1");
  }
  // Stable, so that the sums below do not depend on the library.
  std::stable_sort(transitions.begin(), transitions.end(), [](const Transition& a, const Transition& b) {
    return a.from != b.from ? a.from < b.from : a.to < b.to;
  });
  std::size_t next = 0;
  for (std::uint32_t state = 0; state < states; ++state) {
    long double total = 0;  // of a million, too
    for (; next < transitions.size() && transitions[next].from == state; ++next) {
      const Transition& transition = transitions[next];
      total += transition.probability;
      if (steps_.size() > first_[state] && steps_.back().to == transition.to)
        steps_.back().probability += transition.probability;
      else
        steps_.push_back({transition.to, transition.probability});
    }
    SOJOURN_EXPECT(std::abs(total - 1) <= 1e-12, "the probabilities of state " + std::to_string(state) + " sum to 1");
    first_[state + 1] = steps_.size();
  }
}

Network AbsorbingChain::network() const {
  Network network{.nodes = states(), .exits = exits_, .links = {}, .start = {}};
  network.links.reserve(steps_.size());
  for (std::uint32_t state = 0; state < states(); ++state) {
    for (const Step& step : row(state)) network.links.push_back({state, step.to, step.probability});
  }
  return network;
}

}  // namespace sojourn::engine
