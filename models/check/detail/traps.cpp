// Touchpoints from which no outcome can be reached.

#include "engine/graph/traps.h"
#include "engine/graph/reach.h"
#include "models/check/detail/certainty.h"
#include "models/check/detail/explored.h"
#include "models/check/detail/witness.h"

#include <algorithm>
#include <map>
#include <set>

namespace sojourn::models::detail {
namespace {

struct Class {
  std::vector<std::uint32_t> nodes;
  Flags relevant = 0;  // what closed edges that lead out of it ask for
  Flags ever = 0;
  Flags always = ~Flags{0};
};

/// Traps of states by the touchpoints they are about; without those that are dead ends.
std::map<std::set<std::uint32_t>, Class> classes(const ViewMap& map, const States& states) {
  std::vector<bool> stuck(states.network.nodes, false);
  for (const std::uint32_t node : states.stuck) stuck[node] = true;
  std::map<std::set<std::uint32_t>, Class> found;
  for (const engine::Trap& trap : engine::traps(states.network)) {
    if (stuck[trap.front()]) continue;
    std::set<std::uint32_t> touchpoints;
    for (const std::uint32_t node : trap) touchpoints.insert(states.states[node].touchpoint);
    const auto entry = found.try_emplace(std::move(touchpoints)).first;
    const std::set<std::uint32_t>* inside = &entry->first;
    Class& each = entry->second;
    for (const std::uint32_t node : trap) {
      const State& state = states.states[node];
      each.nodes.push_back(node);
      each.ever |= state.flags;
      each.always &= state.flags;
    }
    for (const std::uint32_t node : trap) {
      const State& state = states.states[node];
      if (state.way == State::no_way) continue;
      for (const ViewMap::Road& road : map.roads(state.way)) {
        if (road.condition.holds(state.flags) || inside->contains(road.to)) continue;
        each.relevant |= road.condition.needs | road.condition.bars;
      }
    }
  }
  return found;
}

/// [touchpoint] whether an outcome can be reached by the edges that open for anyone.
std::vector<bool> can_exit_somehow(const ViewMap& map, const States& states) {
  engine::Network network;
  network.nodes = map.touchpoints();
  network.exits = states.network.exits;
  for (const engine::Link& link : states.network.links) {
    const std::uint32_t from = states.states[link.from].touchpoint;
    const bool leaves = link.to >= states.network.nodes;
    const std::uint32_t to =
        leaves ? network.nodes + (link.to - states.network.nodes) : states.states[link.to].touchpoint;
    if (from != to) network.links.push_back({from, to, 1});
  }
  return engine::can_exit(network);
}

/// Touchpoints outside the class from which there is no way out in any state either.
std::vector<std::string_view> lead_only_there(const ViewMap& map, const States& states,
                                              const std::set<std::uint32_t>& inside) {
  const std::vector<bool> exits = engine::can_exit(states.network);
  std::vector<bool> some_exit(map.touchpoints(), false);
  std::vector<bool> visited(map.touchpoints(), false);
  for (std::uint32_t node = 0; node < states.network.nodes; ++node) {
    const std::uint32_t touchpoint = states.states[node].touchpoint;
    visited[touchpoint] = true;
    if (exits[node]) some_exit[touchpoint] = true;
  }
  std::vector<std::string_view> ids;
  for (std::uint32_t i = 0; i < map.touchpoints(); ++i) {
    if (visited[i] && !some_exit[i] && !inside.contains(i)) ids.push_back(map.touchpoint(i).id);
  }
  return ids;
}

}  // namespace

void check_traps(const Explored& explored, Places& places, Findings& findings) {
  const auto& [map, view, states, conditions] = explored;
  const auto found = classes(map, states);
  if (found.empty()) return;
  const std::vector<bool> exits = can_exit_somehow(map, states);
  const Witness witness(map, states);
  Certainty certainty(states);
  for (const auto& [touchpoints, each] : found) {
    std::vector<std::string_view> ids;
    for (const std::uint32_t touchpoint : touchpoints) ids.push_back(map.touchpoint(touchpoint).id);
    const bool one = ids.size() == 1;
    const bool surely = certainty.reaches(each.nodes);
    std::string what = "no outcome can be reached from touchpoint" + std::string(one ? " " : "s ") + quoted_list(ids);
    const std::string when = exits[*touchpoints.begin()] ? flags_text(map, each.relevant, each.ever, each.always) : "";
    std::string why = one ? "it leads only to itself" : "they lead only to each other";
    why += ", and limits.visits is no way out";
    if (!findings.crowded()) why += ": " + witness.to(each.nodes.front());
    if (found.size() == 1 && states.stuck.empty()) {
      const std::vector<std::string_view> before = lead_only_there(map, states, touchpoints);
      if (!before.empty())
        why += "; " + quoted_list(before) + (before.size() == 1 ? " leads" : " lead") + " only there";
    }
    if (!surely)
      why += "; whether it is reached depends on the time travelled or on conditions that were not looked at";
    std::string suggestion =
        when.empty() ? "Add an edge to an outcome" : "Add an edge to an outcome without a condition";
    if (when.empty() && !map.view().outcomes.empty()) {
      suggestion +=
          ", such as '" + map.view().outcomes.front().id + ": 1' in touchpoints." + std::string(ids.front()) + ".next";
    }
    findings.add({surely ? Diagnostic::Severity::error : Diagnostic::Severity::warning,
                  places.touchpoint(view, ids.front()), std::move(what), when.empty() ? "" : " once " + when,
                  std::move(why), std::move(suggestion)});
  }
}

}  // namespace sojourn::models::detail
