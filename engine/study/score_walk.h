#pragma once
// One score of many agents and nothing else, for studies that walk the same agents many times.

#include "engine/walk/walk.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::engine {

/// Fills `to`, as many as `agents`, with their score `which`. `scores`: how many the behaviour has. Throws NoWayOn.
template <Behaviour B>
void walk_for_score(const B& behaviour, const PlaceKeys& keys, std::span<const std::uint64_t> agents,
                    std::size_t scores, std::size_t which, std::span<std::int64_t> to) {
  Ordinals ordinals(behaviour.node_count());
  std::vector<std::int64_t> all(scores, 0);
  for (std::size_t i = 0; i < agents.size(); ++i) {
    for (std::int64_t& score : all) score = 0;
    walk(behaviour, keys, agents[i], ordinals, std::span(all), [](const Visit&) {});
    to[i] = all[which];
  }
}

}  // namespace sojourn::engine
