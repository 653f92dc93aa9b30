// Touchpoints where an agent could not go on.

#include "models/check/detail/certainty.h"
#include "models/check/detail/explored.h"
#include "models/check/detail/witness.h"

#include <bit>
#include <map>

namespace sojourn::models::detail {
namespace {

constexpr Diagnostic::Severity error = Diagnostic::Severity::error;
constexpr Diagnostic::Severity warning = Diagnostic::Severity::warning;

std::string through(const ViewMap& map, std::uint32_t way) {
  const Channel* channel = map.way(way).channel;
  return channel ? " through channel '" + channel->id + "'" : "";
}

Flags asked_by(std::span<const ViewMap::Road> roads) {
  Flags flags = 0;
  for (const ViewMap::Road& road : roads) flags |= road.condition.needs | road.condition.bars;
  return flags;
}

/// Whether some edge is open whatever the goals and pains: without a condition, or with two that are opposites.
bool always_open(std::span<const ViewMap::Road> roads) {
  for (const ViewMap::Road& road : roads) {
    if (!road.conditional) return true;
    if (!road.edge->if_ || road.edge->unless) continue;
    for (const ViewMap::Road& other : roads) {
      if (!other.edge->if_ && other.edge->unless && other.edge->unless->kind == road.edge->if_->kind &&
          other.edge->unless->id == road.edge->if_->id) {
        return true;
      }
    }
  }
  return false;
}

void may_be_stuck(const Explored& explored, Places& places, Findings& findings) {
  for (std::uint32_t way = 0; way < explored.map.ways(); ++way) {
    if (!explored.states.way_left[way] || explored.map.roads(way).empty() || always_open(explored.map.roads(way)))
      continue;
    const std::string& id = explored.map.touchpoint(explored.map.way(way).touchpoint).id;
    findings.add({warning, places.touchpoint(explored.view, id),
                  "touchpoint '" + id + "' may be without an open edge" + through(explored.map, way), "",
                  "every edge there has a condition", "Add an edge without a condition"});
  }
}

}  // namespace

std::string flags_text(const ViewMap& map, Flags relevant, Flags ever, Flags always) {
  std::vector<std::string> parts;
  for (Flags rest = relevant; rest != 0; rest &= rest - 1) {
    const Flags flag = rest & -rest;
    const bool set = (always & flag) != 0;
    if (!set && (ever & flag) != 0) continue;
    const Guard& guard = map.flags()[static_cast<std::size_t>(std::countr_zero(flag))];
    const bool goal = guard.kind == Guard::Kind::goal;
    parts.push_back(std::string(goal ? "goal '" : "pain '") + guard.id + (set ? "' is " : "' is not ") +
                    (goal ? "achieved" : "open"));
  }
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text;
}

void check_dead_ends(const Explored& explored, Places& places, Findings& findings) {
  const auto& [map, view, states, conditions] = explored;
  if (conditions == Conditions::ignored) may_be_stuck(explored, places, findings);
  if (states.stuck.empty()) return;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> by_place;  // (touchpoint, way)
  for (const std::uint32_t node : states.stuck) {
    by_place[{states.states[node].touchpoint, states.states[node].way}].push_back(node);
  }
  Certainty certainty(states);
  const Witness witness(map, states);
  for (const auto& [place, nodes] : by_place) {
    const auto [touchpoint, way] = place;
    const std::string& id = map.touchpoint(touchpoint).id;
    const bool surely = certainty.reaches(nodes);
    const Mark mark = places.touchpoint(view, id);
    std::string why = "an agent there could not go on";
    if (!findings.crowded()) why += ": " + witness.to(nodes.front());
    if (way == State::no_way) {
      std::vector<std::string_view> channels;
      for (const Channel& channel : map.touchpoint(touchpoint).channels) channels.push_back(channel.id);
      findings.add({surely ? error : warning, mark,
                    "no channel of touchpoint '" + id + "' " + (surely ? "is used" : "may be used"), "", why,
                    "Give " + quoted_list(channels) + " a share and an affinity above 0, or let nothing lead there"});
      continue;
    }
    const Flags flags = states.states[nodes.front()].flags;
    const std::string when = flags_text(map, asked_by(map.roads(way)), flags, flags);
    findings.add({surely ? error : warning, mark,
                  "no edge of touchpoint '" + id + "' " + (surely ? "is" : "may be") + " open" + through(map, way),
                  when.empty() ? "" : " when " + when, why,
                  when.empty() ? "Add an edge with a weight above 0" : "Add an edge without a condition"});
  }
}

}  // namespace sojourn::models::detail
