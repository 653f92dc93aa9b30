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

/// One agent under way, a visit at a time. What is given must outlive it.
template <Behaviour B>
class Walk {
 public:
  Walk(const B& behaviour, const PlaceKeys& keys, std::uint64_t agent, Ordinals& ordinals)
      : behaviour_(behaviour),
        keys_(keys),
        agent_(agent),
        ordinals_(ordinals),
        state_(behaviour.begin(luck_of(keys.agent, agent, keys.seed.replicate, 0))),
        nodes_(behaviour.node_count()),
        limit_(behaviour.visit_limit(state_)),
        first_(state_.node) {
    ordinals.clear();
  }

  /// Makes the next visit; false at the end of the journey. Throws NoWayOn.
  bool step(Visit& visit) {
    if (state_.node >= nodes_ || visits_ >= limit_) return false;
    const std::uint32_t node = state_.node;
    behaviour_.visit(state_, luck_of(keys_.nodes[node], agent_, keys_.seed.replicate, ordinals_.next(node)), visit);
    ++visits_;
    return true;
  }

  /// After the last step; `scores` receives the behaviour's scores of the journey.
  Ending finish(std::span<std::int64_t> scores) const {
    Ending ending;
    ending.first = first_;
    if constexpr (requires { state_.luck; }) ending.luck = state_.luck;
    ending.visits = visits_;
    ending.group = state_.group;
    ending.truncated = state_.node < nodes_;
    ending.exit = ending.truncated ? 0 : state_.node;
    ending.elapsed_ms = state_.elapsed_ms;
    behaviour_.score(state_, ending, scores);
    return ending;
  }

 private:
  const B& behaviour_;
  const PlaceKeys& keys_;
  std::uint64_t agent_;
  Ordinals& ordinals_;
  typename B::State state_;
  std::uint32_t nodes_;
  std::uint32_t limit_;
  std::uint32_t first_;  // where it starts
  std::uint32_t visits_ = 0;
};

/// Walks one agent to its end. `on_visit(const Visit&)` sees every visit in order; `scores` receives the behaviour's
/// scores of the journey. Throws NoWayOn.
template <Behaviour B, class OnVisit>
Ending walk(const B& behaviour, const PlaceKeys& keys, std::uint64_t agent, Ordinals& ordinals,
            std::span<std::int64_t> scores, OnVisit&& on_visit) {
  Walk<B> journey(behaviour, keys, agent, ordinals);
  Visit visit;
  while (journey.step(visit)) on_visit(static_cast<const Visit&>(visit));
  return journey.finish(scores);
}

}  // namespace sojourn::engine
