#pragma once
// One agent's journey. Everything that happens is a pure function of (keys, agent): any agent can be walked alone.

#include "engine/walk/behaviour.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::engine {

/// Which luck is drawn upon.
struct Seed {
  std::uint64_t seed = 1;
  std::uint32_t replicate = 0;  // below kReplicateLimit
};

/// The keys of all places under a seed.
struct PlaceKeys {
  Seed seed;
  PlaceKey agent;               // the place that stands for the agent itself: the empty name
  std::vector<PlaceKey> nodes;  // [node]
};

/// Keys from the nodes' names. Two names with one hash are refused (std::invalid_argument names both).
PlaceKeys place_keys(Seed seed, const std::vector<std::string>& node_names);

/// How often an agent has been at each node; reused from agent to agent.
class Ordinals {
 public:
  explicit Ordinals(std::size_t nodes) : counts_(nodes, 0) {}
  std::uint32_t next(std::uint32_t node) {
    if (counts_[node] == 0) touched_.push_back(node);
    return counts_[node]++;
  }
  void clear() {
    for (const std::uint32_t node : touched_) counts_[node] = 0;
    touched_.clear();
  }

 private:
  std::vector<std::uint32_t> counts_;  // [node]
  std::vector<std::uint32_t> touched_;
};

/// Walks one agent to its end. `on_visit(const Visit&)` sees every visit in order; `scores` receives the behaviour's
/// scores of the journey. Throws NoWayOn.
template <Behaviour B, class OnVisit>
Ending walk(const B& behaviour, const PlaceKeys& keys, std::uint64_t agent, Ordinals& ordinals,
            std::span<std::int64_t> scores, OnVisit&& on_visit) {
  const std::uint32_t replicate = keys.seed.replicate;
  ordinals.clear();
  auto state = behaviour.begin(luck_of(keys.agent, agent, replicate, 0));
  Ending ending;
  ending.first = state.node;
  if constexpr (requires { state.luck; }) ending.luck = state.luck;
  const std::uint32_t nodes = behaviour.node_count();
  const std::uint32_t limit = behaviour.visit_limit(state);
  Visit visit;
  while (state.node < nodes && ending.visits < limit) {
    const std::uint32_t node = state.node;
    behaviour.visit(state, luck_of(keys.nodes[node], agent, replicate, ordinals.next(node)), visit);
    ++ending.visits;
    on_visit(static_cast<const Visit&>(visit));
  }
  ending.group = state.group;
  ending.truncated = state.node < nodes;
  ending.exit = ending.truncated ? 0 : state.node;
  ending.elapsed_ms = state.elapsed_ms;
  behaviour.score(state, ending, scores);
  return ending;
}

}  // namespace sojourn::engine
