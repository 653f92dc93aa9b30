#pragma once
// The border between the walk and the science. The engine moves agents, keys their luck and counts; what a visit does to
// an agent and what a journey is worth in the end is a Behaviour's business (the customer's is models/behaviour).

#include "engine/base/exact_sum.h"
#include "engine/random/luck.h"
#include "engine/walk/visit.h"

#include <concepts>
#include <span>

namespace sojourn::engine {

/// What remains of an agent when its journey is over.
struct Ending {
  std::uint32_t group = 0;  // the part of the population it belongs to
  std::uint32_t exit = 0;   // where it left; meaningless if truncated
  bool truncated = false;   // the visit limit cut the journey
  std::uint32_t first = 0;  // where it began: a node, or an exit (>= node_count)
  std::uint32_t luck = 0;   // a uniform word that it began with, if the behaviour names one (State::luck)
  std::uint32_t visits = 0;
  std::int64_t elapsed_ms = 0;
};

template <class B>
concept Behaviour = requires(const B& behaviour, typename B::State& state, const Luck& luck, Visit& visit,
                             const Ending& ending, std::span<std::int64_t> scores) {
  // An agent at its start; luck is that of the agent itself.
  { behaviour.begin(luck) } -> std::same_as<typename B::State>;
  { state.node } -> std::convertible_to<std::uint32_t>;  // where it is: a node, or an exit (>= node_count)
  { state.group } -> std::convertible_to<std::uint32_t>;
  { state.elapsed_ms } -> std::convertible_to<std::int64_t>;
  // One visit to state.node; fills `visit` and moves state.node on. May throw NoWayOn.
  { behaviour.visit(state, luck, visit) } -> std::same_as<void>;
  // The scores of a finished journey, integers in the units that the layout names.
  { behaviour.score(state, ending, scores) } -> std::same_as<void>;
  { behaviour.node_count() } -> std::convertible_to<std::uint32_t>;
  { behaviour.visit_limit(state) } -> std::convertible_to<std::uint32_t>;  // >= 1
};

/// An agent stands at a node whose every edge is closed, or whose every way is barred to it.
struct NoWayOn {
  enum class What { edge, way };
  What what;
  std::uint32_t node;
};

}  // namespace sojourn::engine
