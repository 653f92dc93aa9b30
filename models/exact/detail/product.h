#pragma once
// The chain of (way of a touchpoint, tracked flags) that a persona walks, as far as its probabilities are exact. Where a
// choice depends on what the chain does not carry (mood, the time passed), it leads to an exit of its own.

#include "models/exact/detail/visit_law.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sojourn::models::exact {

/// A visit about to begin: the way is drawn on arrival.
struct ProductState {
  std::uint32_t way = 0;
  Flags flags;
  // With Ask::feelings, means over all its visits, those given up (which are felt as 0) among them.
  double experience = 0;
  double satisfaction = 0;
  std::int32_t felt_why = kExact;
  std::int32_t satisfaction_why = kExact;
};

struct ProductStep {
  std::uint32_t from = 0;
  std::uint32_t to = 0;  // a state, states + outcome, or Product::unknown_exit()
  double probability = 0;
  double duration_ms = 0;   // E[what passes; this step]
  double experience = 0;    // E[q; this step]
  double satisfaction = 0;  // E[m; this step]
  std::uint32_t flow = 0;   // the target's place in the layout's list; meaningless to the unknown exit
  std::int32_t obstacle = -1;
  Flags after;
  bool given_up = false;
};

/// A choice that the chain cannot follow.
struct Obstacle {
  std::uint32_t way = 0;
  std::int32_t why = 0;
  std::vector<std::uint32_t> targets;  // nodes, or nodes + outcome
  bool surely_drops_off = true, never_drops_off = true;
};

/// An agent finds every edge closed, or every way barred.
struct DeadEnd {
  std::uint32_t node;
  bool edge;
};

struct TooManyStates {
  Flags tracked;
};

struct Product {
  std::vector<ProductState> states;
  std::vector<ProductStep> steps;   // by state
  std::vector<std::size_t> first;   // [state] among the steps, and the end
  std::vector<double> start;        // [state]
  std::vector<double> start_exits;  // [outcome] who never visits anything
  std::vector<Obstacle> obstacles;
  std::uint32_t outcomes = 0;
  Flags tracked;

  std::uint32_t size() const { return static_cast<std::uint32_t>(states.size()); }
  std::uint32_t unknown_exit() const { return size() + outcomes; }
  std::span<const ProductStep> of(std::uint32_t state) const {
    return std::span(steps).subspan(first[state], first[state + 1] - first[state]);
  }
};

/// Flags that guards of reachable edges ask for.
Flags guard_flags(const PersonaView& view);

/// Whether the open edges' chances depend on mood.
bool heeds_mood(const PersonaView& view, std::span<const EdgeRow* const> open);

/// The open edges of a way, in their order.
std::vector<const EdgeRow*> open_edges(const PersonaView& view, std::uint32_t way, const Flags& flags);

/// Throws TooManyStates above `most_states`, TooManyEvents, DeadEnd.
Product make_product(const PersonaView& view, Reasons& reasons, Flags tracked, Ask ask, std::size_t most_states);

}  // namespace sojourn::models::exact
