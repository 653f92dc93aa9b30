// remove: what goes, and everything that led to it.

#include "models/change/detail/edits.h"
#include "models/change/detail/node_removal.h"
#include "models/change/detail/ways.h"

#include "models/journey/defaults.h"
#include "models/journey/fields.h"
#include "models/journey/values.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <algorithm>

namespace sojourn::models::detail {
namespace {

bool exists(const Tree& journey, std::string_view section, std::string_view id) {
  const Tree* map = journey.find(section);
  return map && map->find(id);
}

bool is_node(const Tree& journey, std::string_view id) {
  return id == abandoned || exists(journey, "touchpoints", id) || exists(journey, "outcomes", id);
}

/// Guards on something that is gone: `if` can never hold, `unless` always does.
void drop_guards(Tree& next, std::string_view kind, std::string_view id, const Mark& mark) {
  const auto names_it = [&](const Tree& edge, std::string_view guard) {
    const Tree* condition = edge.find(guard);
    const Tree* named = condition ? condition->find(kind) : nullptr;
    return named && named->scalar == id;
  };
  for (Tree::Entry& entry : next.entries) {
    std::vector<Tree> edges = edges_of(std::move(entry.value));
    std::erase_if(edges, [&](const Tree& edge) { return names_it(edge, "if"); });
    for (Tree& edge : edges) {
      if (names_it(edge, "unless")) drop_key(&edge, "unless");
    }
    entry.value = edges.empty() ? Tree{} : side_by_side(std::move(edges));
  }
  const std::size_t before = next.entries.size();
  std::erase_if(next.entries, [](const Tree::Entry& entry) { return entry.value.kind == Tree::Kind::scalar; });
  if (next.entries.size() < before && next.entries.empty()) next.mark = mark;
}

void drop_pain(Tree& journey, std::string_view id, const Mark& mark) {
  for_each_way(journey, [&](Tree& way, bool) {
    drop_key(way.find("pains"), id);
    drop_key(way.find("resolves"), id);
    if (Tree* next = way.find("next")) drop_guards(*next, "pain", id, mark);
  });
  for_each_entry(journey, "personas", [&](Tree& persona) { drop_key(persona.find("sensitivity"), id); });
}

void drop_goal(Tree& journey, std::string_view id, const Mark& mark) {
  for_each_way(journey, [&](Tree& way, bool) {
    drop_key(way.find("fulfils"), id);
    if (Tree* next = way.find("next")) drop_guards(*next, "goal", id, mark);
  });
  for_each_entry(journey, "personas", [&](Tree& persona) { drop_key(persona.find("goals"), id); });
}

/// Channels that some touchpoint has.
std::vector<std::string> channels_of(const Tree& journey) {
  std::vector<std::string> ids;
  const Tree* touchpoints = journey.find("touchpoints");
  if (!touchpoints) return ids;
  for (const Tree::Entry& touchpoint : touchpoints->entries) {
    const Tree* channels = touchpoint.value.find("channels");
    if (!channels) continue;
    for (const Tree::Entry& channel : channels->entries) ids.push_back(channel.key);
  }
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

/// With a channel's last use its affinities go.
void drop_unused_affinities(Tree& journey, const std::vector<std::string>& before) {
  const std::vector<std::string> after = channels_of(journey);
  std::vector<std::string> gone;
  std::ranges::set_difference(before, after, std::back_inserter(gone));
  for (const std::string& id : gone) {
    for_each_entry(journey, "personas", [&](Tree& persona) { drop_key(persona.find("channels"), id); });
  }
}

/// Targets that name a figure of what is gone, of everyone or of one persona: touchpoints.wish.reach,
/// personas.mia.pains.late.met, touchpoints.wish.flow.bake.
void drop_targets(Tree& journey, std::string_view address) {
  Tree* targets = journey.find("targets");
  if (!targets) return;
  const std::vector<std::string_view> parts = parts_of(address);
  std::vector<std::string> gone = {"." + std::string(address) + "."};
  if (parts[0] == "touchpoints" || parts[0] == "outcomes") {
    const std::string flow = ".flow." + std::string(parts.back()) + ".";
    if (parts.size() == 2) gone.push_back(flow);
    const std::size_t next = address.rfind(".next.");
    if (next != std::string_view::npos) gone.push_back("." + std::string(address.substr(0, next)) + flow);
  }
  std::erase_if(targets->entries, [&](const Tree::Entry& entry) {
    const std::string padded = "." + entry.key + ".";
    return std::ranges::any_of(gone, [&](const std::string& part) { return padded.find(part) != std::string::npos; });
  });
}

Effect refuse(const Change& change, const Mark& mark, std::string what, std::string why, std::string suggestion,
              Diagnostics& diagnostics) {
  diagnostics.error(mark, change.address + ": " + std::move(what), std::move(why), std::move(suggestion));
  return Effect::refused;
}

bool reroute_is_good(const Change& change, const Tree& journey, bool is_node_address, std::string_view id,
                     Diagnostics& diagnostics) {
  if (change.reroute.id.empty()) return true;
  if (!is_node_address) {
    refuse(change, change.reroute.mark, "there is nothing to reroute", "only touchpoints and outcomes are led to",
           "Remove 'reroute'", diagnostics);
    return false;
  }
  if (change.reroute.id == id) {
    refuse(change, change.reroute.mark, "it cannot be rerouted to itself", "it is gone",
           "Name another touchpoint or outcome", diagnostics);
    return false;
  }
  if (is_node(journey, change.reroute.id)) return true;
  std::vector<std::string_view> ids;
  for (const std::string_view section : {"touchpoints", "outcomes"}) {
    const Tree* map = journey.find(section);
    if (!map) continue;
    for (const Tree::Entry& entry : map->entries) ids.push_back(entry.key);
  }
  refuse(change, change.reroute.mark, "there is no touchpoint or outcome " + quoted(change.reroute.id), "",
         did_you_mean(change.reroute.id, ids), diagnostics);
  return false;
}

Effect remove_field(const Change& change, const Place& place, Tree& journey, Diagnostics& diagnostics) {
  if (place.field->need != Need::optional) {
    return refuse(change, change.mark, "it cannot be removed", "it is required and has no default",
                  place.field->need == Need::one_of ? "Set what is around it whole" : "Set it", diagnostics);
  }
  if (place.state != Place::State::written) return Effect::nothing;
  const Tree before = *place.tree;
  erase(journey, change.address);
  const Place after = find(journey, change.address);
  const bool same = after.state == Place::State::defaulted &&
                    same_meaning(before, after.value, *place.type,
                                 DefaultContext{.journey = &journey, .id = parts_of(change.address).back()});
  return same ? Effect::nothing : Effect::changed;
}

/// The written `abandoned` goes back to what it is without being written; rerouted, everything leads elsewhere.
Effect remove_abandoned(const Change& change, Tree& journey) {
  const bool written = exists(journey, "outcomes", abandoned);
  drop_key(journey.find("outcomes"), abandoned);
  if (change.reroute.id.empty()) return written ? Effect::changed : Effect::nothing;
  lead_elsewhere(journey, abandoned, change);
  drop_targets(journey, change.address);
  return Effect::changed;
}

}  // namespace

Effect remove(const Change& change, Tree& journey, Diagnostics& diagnostics) {
  const std::vector<std::string_view> parts = parts_of(change.address);
  const bool top = parts.size() == 2;
  const bool is_node_address = top && (parts[0] == "touchpoints" || parts[0] == "outcomes");
  if (!reroute_is_good(change, journey, is_node_address, parts.back(), diagnostics)) return Effect::refused;
  if (change.address == "outcomes.abandoned") return remove_abandoned(change, journey);

  const Place place = find(journey, change.address);
  if (place.state == Place::State::missing) return refuse_missing(change, place, diagnostics);
  const std::vector<std::string> channels = channels_of(journey);
  if (place.field) {
    const Effect effect = remove_field(change, place, journey, diagnostics);
    drop_unused_affinities(journey, channels);
    return effect;
  }
  if (place.state != Place::State::written) return Effect::nothing;  // a sensitivity or affinity that is 1 already
  const std::string above = change.address.substr(0, change.address.rfind('.'));
  const Type* type_above = find(journey, above).type;
  const bool is_entry =
      change.address.starts_with("targets.") || is_edge(*place.type) || (type_above && type_above->kind == Kind::map);
  if (!is_entry) {
    return refuse(change, change.mark, "it cannot be removed", "it is part of a whole", "Set " + above + " whole",
                  diagnostics);
  }
  const Type& type = *place.type;
  const bool neutral = type.kind == Kind::number && place.tree->kind == Tree::Kind::scalar && parts[0] == "personas" &&
                       valid_value(*place.tree, type) == 1;
  erase(journey, change.address);
  if (type_above && type_above->kind == Kind::map) {
    Tree& map = create(journey, above, change.mark);
    if (map.entries.empty()) map.mark = change.mark;  // so that what is missing now is blamed on the change
  }
  if (is_node_address) lead_elsewhere(journey, parts[1], change);
  if (top && parts[0] == "pains") drop_pain(journey, parts[1], change.mark);
  if (top && parts[0] == "goals") drop_goal(journey, parts[1], change.mark);
  drop_targets(journey, change.address);
  drop_unused_affinities(journey, channels);
  return neutral ? Effect::nothing : Effect::changed;
}

}  // namespace sojourn::models::detail
