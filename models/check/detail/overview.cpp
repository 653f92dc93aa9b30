#include "models/check/detail/overview.h"

#include "models/text/suggest.h"

#include <algorithm>

namespace sojourn::models::detail {
namespace {

void merge(std::vector<bool>& into, const std::vector<bool>& from) {
  for (std::size_t i = 0; i < into.size(); ++i) into[i] = into[i] || from[i];
}

bool same(const std::optional<Guard>& a, const std::optional<Guard>& b) {
  if (!a || !b) return !a && !b;
  return a->kind == b->kind && a->id == b->id;
}

bool same_edge(const Edge& a, const Edge& b) { return a.to == b.to && same(a.if_, b.if_) && same(a.unless, b.unless); }

bool same_place(const Mark& a, const Mark& b) {
  return a.source == b.source && a.line == b.line && a.column == b.column;
}

std::string words(const Guard& guard) {
  return (guard.kind == Guard::Kind::goal ? "goal '" : "pain '") + guard.id + "'";
}

bool can_come_about(const Journey& view, const Guard& guard) {
  const auto in = [&](const Way& way) {
    if (guard.kind == Guard::Kind::goal) {
      return std::ranges::any_of(way.fulfils,
                                 [&](const Fulfilment& f) { return f.goal == guard.id && f.probability > 0; });
    }
    return std::ranges::any_of(way.pains, [&](const PainRisk& p) {
      return p.pain == guard.id && (p.after_ms || p.probability.value_or(0) > 0);
    });
  };
  for (const Touchpoint& touchpoint : view.touchpoints) {
    if (touchpoint.channels.empty() && in(touchpoint.way)) return true;
    for (const Channel& channel : touchpoint.channels) {
      if (in(channel.way)) return true;
    }
  }
  return false;
}

}  // namespace

void Overview::add(const Explored& explored) {
  Seen& seen = seen_[explored.view];
  const States& states = explored.states;
  if (!seen.map) {
    seen.map = &explored.map;
    seen.reached.resize(explored.map.touchpoints());
    seen.road_open.resize(states.road_open.size());
    seen.way_left.resize(states.way_left.size());
    seen.ever.resize(states.ever.size(), 0);
    seen.always.resize(states.always.size(), ~Flags{0});
  }
  for (const State& state : states.states) seen.reached[state.touchpoint] = true;
  merge(seen.road_open, states.road_open);
  merge(seen.way_left, states.way_left);
  for (std::size_t way = 0; way < seen.ever.size(); ++way) {
    seen.ever[way] |= states.ever[way];
    seen.always[way] &= states.always[way];
  }
  if (explored.conditions == Conditions::ignored) seen.followed = false;
}

bool Overview::reached_elsewhere(std::size_t view, std::string_view touchpoint) const {
  for (std::size_t other = 0; other < seen_.size(); ++other) {
    if (other == view || !seen_[other].map) continue;
    const auto number = seen_[other].map->number(touchpoint);
    if (!number || *number >= seen_[other].map->touchpoints()) continue;
    if (seen_[other].reached[*number]) return true;
    if (other < view) return true;  // said there already
  }
  return false;
}

std::string Overview::why_not_reached(const Seen& seen, std::uint32_t touchpoint,
                                      const std::vector<std::uint32_t>& from) const {
  if (from.empty()) return "nothing leads there";
  std::vector<std::string_view> reached;
  std::vector<std::string_view> unreached;
  for (const std::uint32_t source : from) {
    if (source == touchpoint) continue;
    (seen.reached[source] ? reached : unreached).push_back(seen.map->touchpoint(source).id);
  }
  if (!reached.empty()) return "the way there from " + quoted_list(reached) + " is never taken";
  if (unreached.empty()) return "only the touchpoint itself leads there";
  return "only " + quoted_list(unreached) +
         (unreached.size() == 1 ? " leads there, which is not reached either"
                                : " lead there, which are not reached either");
}

void Overview::check_reached(Places& places, Findings& findings) const {
  for (std::size_t view = 0; view < seen_.size(); ++view) {
    const Seen& seen = seen_[view];
    if (!seen.map || std::ranges::find(seen.reached, false) == seen.reached.end()) continue;
    const ViewMap& map = *seen.map;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> from;  // touchpoints that are not reached
    const auto note = [&](std::uint32_t source, std::uint32_t to) {
      if (to >= map.touchpoints() || seen.reached[to]) return;
      std::vector<std::uint32_t>& sources = from[to];
      if (sources.empty() || sources.back() != source) sources.push_back(source);
    };
    for (std::uint32_t way = 0; way < map.ways(); ++way) {
      for (const ViewMap::Road& road : map.roads(way)) note(map.way(way).touchpoint, road.to);
      note(map.way(way).touchpoint, map.way(way).given_up_to);
    }
    std::vector<std::string_view> targets;
    std::string before;  // the nearest touchpoint above that is reached
    for (std::uint32_t i = 0; i < map.touchpoints(); ++i) {
      if (seen.reached[i]) targets.push_back(map.touchpoint(i).id);
    }
    if (!targets.empty()) before = targets.front();
    for (std::uint32_t i = 0; i < map.touchpoints(); ++i) {
      const std::string& id = map.touchpoint(i).id;
      if (seen.reached[i]) {
        before = id;
        continue;
      }
      if (reached_elsewhere(view, id)) continue;
      std::string suggestion;
      // What is only led to by an unreached touchpoint above needs no edge of its own.
      if (std::ranges::none_of(from[i], [&](std::uint32_t source) { return source < i || seen.reached[source]; })) {
        suggestion = before.empty() ? "Name it in start, or remove it"
                                    : "Add '" + id + ": 1' to touchpoints." + before + ".next, or remove it";
        const std::string_view near = findings.crowded() ? std::string_view{} : nearest(id, targets);
        if (!near.empty()) suggestion += "; is a way to '" + std::string(near) + "' meant for it?";
      }
      findings.add({Diagnostic::Severity::warning, places.touchpoint(view, id),
                    "touchpoint '" + id + "' is never reached", "", why_not_reached(seen, i, from[i]),
                    std::move(suggestion)});
    }
  }
}

bool Overview::opens_elsewhere(std::size_t view, std::uint32_t way, const Edge& edge) const {
  const ViewMap::WayEntry& here = seen_[view].map->way(way);
  const std::string& touchpoint = seen_[view].map->touchpoint(here.touchpoint).id;
  for (std::size_t other = 0; other < seen_.size(); ++other) {
    const Seen& seen = seen_[other];
    if (other == view || !seen.map) continue;
    const auto number = seen.map->number(touchpoint);
    if (!number || *number >= seen.map->touchpoints()) continue;
    for (std::uint32_t w = seen.map->first_way(*number); w < seen.map->first_way(*number + 1); ++w) {
      const Channel* channel = seen.map->way(w).channel;
      if ((channel ? channel->id : "") != (here.channel ? here.channel->id : "")) continue;
      const auto roads = seen.map->roads(w);
      for (std::size_t i = 0; i < roads.size(); ++i) {
        if (!same_edge(*roads[i].edge, edge)) continue;
        if (seen.road_open[seen.map->way(w).first_road + i] || (other < view && seen.way_left[w])) return true;
      }
    }
  }
  return false;
}

/// Channels that carry no edges themselves share their touchpoint's, which is written once.
Overview::Shared Overview::shared(std::size_t view, std::uint32_t way, const Edge& edge, Places& places) const {
  const Seen& seen = seen_[view];
  const std::uint32_t touchpoint = seen.map->way(way).touchpoint;
  Shared found = Shared::no;
  for (std::uint32_t other = seen.map->first_way(touchpoint); other < seen.map->first_way(touchpoint + 1); ++other) {
    if (other == way || !seen.way_left[other]) continue;
    const auto roads = seen.map->roads(other);
    for (std::size_t i = 0; i < roads.size(); ++i) {
      if (!same_edge(*roads[i].edge, edge) ||
          !same_place(place_of(view, other, *roads[i].edge, places), place_of(view, way, edge, places))) {
        continue;
      }
      if (other < way || seen.road_open[seen.map->way(other).first_road + i]) return Shared::and_done;
      found = Shared::yes;
    }
  }
  return found;
}

Mark Overview::place_of(std::size_t view, std::uint32_t way, const Edge& edge, Places& places) const {
  const ViewMap::WayEntry& entry = seen_[view].map->way(way);
  return places.condition(view, seen_[view].map->touchpoint(entry.touchpoint), entry.channel ? entry.channel->id : "",
                          *entry.way, edge);
}

void Overview::never_opens(std::size_t view, std::uint32_t way, const ViewMap::Road& road, Places& places,
                           Findings& findings) const {
  const Shared others = shared(view, way, *road.edge, places);
  if (others == Shared::and_done) return;
  const Seen& seen = seen_[view];
  const ViewMap::WayEntry& entry = seen.map->way(way);
  const Touchpoint& touchpoint = seen.map->touchpoint(entry.touchpoint);
  std::string why = "its two conditions never hold together";
  std::string suggestion = "Remove the edge, or its condition";
  if (road.edge->if_ && same(road.edge->if_, road.edge->unless)) {
    why = "its two conditions exclude each other";
  } else if (road.edge->if_ && (seen.ever[way] & road.condition.needs) == 0) {
    const bool goal = road.edge->if_->kind == Guard::Kind::goal;
    why = words(*road.edge->if_) + (goal ? " is never achieved by then" : " is never open then");
    if (!can_come_about(seen.map->view(), *road.edge->if_)) {
      why = words(*road.edge->if_) + (goal ? " is fulfilled nowhere" : " occurs nowhere");
      suggestion = goal ? "Let a touchpoint fulfil it" : "Let it occur at a touchpoint";
    }
  } else if (road.edge->unless && (seen.always[way] & road.condition.bars) != 0) {
    const bool goal = road.edge->unless->kind == Guard::Kind::goal;
    why = words(*road.edge->unless) + (goal ? " is always achieved by then" : " is always open then");
  }
  const bool named = entry.channel && others == Shared::no;
  const std::string through = named ? " through channel '" + entry.channel->id + "'" : "";
  findings.add({Diagnostic::Severity::warning, place_of(view, way, *road.edge, places),
                "the edge from '" + touchpoint.id + "' to '" + road.edge->to + "'" + through + " never opens", "", why,
                suggestion});
}

void Overview::check_conditions(Places& places, Findings& findings) const {
  for (std::size_t view = 0; view < seen_.size(); ++view) {
    const Seen& seen = seen_[view];
    if (!seen.map || !seen.followed) continue;
    for (std::uint32_t way = 0; way < seen.map->ways(); ++way) {
      if (!seen.way_left[way]) continue;
      const auto roads = seen.map->roads(way);
      for (std::size_t i = 0; i < roads.size(); ++i) {
        if (!roads[i].conditional || seen.road_open[seen.map->way(way).first_road + i]) continue;
        if (!opens_elsewhere(view, way, *roads[i].edge)) never_opens(view, way, roads[i], places, findings);
      }
    }
  }
}

}  // namespace sojourn::models::detail
