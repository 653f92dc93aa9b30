#pragma once
// What can come about for one persona: where an agent may be, and which goals and pains it may bring along.

#include "engine/graph/network.h"
#include "models/check/detail/way_use.h"

#include <string>

namespace sojourn::models::detail {

struct State {
  enum class Kind : std::uint8_t {
    arriving,  // before a visit; `way` is set where nothing but one way without consequences can follow
    leaving,   // after a visit through `way`
    undecided  // after a visit through `way`; which of the links is open is decided by the time travelled
  };
  static constexpr std::uint32_t no_way = ~std::uint32_t{0};

  std::uint32_t touchpoint = 0;
  std::uint32_t way = no_way;
  Flags flags = 0;
  Kind kind = Kind::arriving;
};

struct States {
  /// Nodes are states, exits outcomes. Weights are chances, as far as they are known.
  engine::Network network;
  std::vector<State> states;  // [node]
  /// [link] whether it is taken with a chance above 0 by an agent that is there, however it came. The others depend on
  /// the time travelled so far or on a condition that was not looked at.
  std::vector<bool> certain;
  std::vector<std::uint32_t> stuck;  // nodes without links: no channel (`way` is not set) or no open edge
  std::vector<bool> road_open;       // [road of the map, counted through] some agent may find it open
  std::vector<bool> way_left;        // [way] some agent may leave through it
  std::vector<Flags> ever, always;   // [way] flags set in some state, in every state, in which agents leave through it
  std::string not_markov;            // why the weights are not the chances of a Markov chain; empty if they are
  bool all_certain = true;           // no link is uncertain, no state undecided
  bool complete = true;              // false: there were too many; the rest is then missing
};

/// Conditions::ignored takes every conditional edge for one that may be open, and no flag is looked at.
enum class Conditions { followed, ignored };

/// Explores from the start. Takes at most `steps` more steps than a map without flags would.
States explore(const ViewMap& map, const std::vector<Drawn>& durations, const std::vector<WayUse>& uses,
               Conditions conditions, std::size_t& steps);

}  // namespace sojourn::models::detail
