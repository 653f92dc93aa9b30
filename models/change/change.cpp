#include "models/change/change.h"

#include "models/change/detail/edits.h"
#include "models/journey/address.h"
#include "models/journey/defaults.h"
#include "models/journey/normalise.h"
#include "models/journey/validate.h"
#include "models/text/id.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <array>

namespace sojourn::models {
namespace {

Change::Name name_of(const Tree& tree) { return {tree.scalar, tree.mark}; }

Effect refuse(const Change& change, std::string what, std::string why, std::string suggestion,
              Diagnostics& diagnostics) {
  diagnostics.error(change.mark, std::move(what), std::move(why), std::move(suggestion));
  return Effect::refused;
}

/// The value of a change as it stands in a normalised journey; nothing if it cannot stand there.
std::optional<Tree> fitting(const Change& change, const Type& type, std::string_view reason, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.error_count();
  validate_value(change.value, type, Where{nullptr, change.address}, Ranges::later, reason, diagnostics);
  if (diagnostics.error_count() > before) return std::nullopt;
  Tree value = change.value;
  normalise(value, type);
  return value;
}

Effect set(const Change& change, Tree& journey, Diagnostics& diagnostics) {
  const Place place = find(journey, change.address);
  if (place.state == Place::State::missing) return detail::refuse_missing(change, place, diagnostics);
  if (detail::is_edge(*place.type) && change.value.kind == Tree::Kind::scalar) {  // a number means the weight
    Change weight = change;
    weight.address += ".weight";
    return set(weight, journey, diagnostics);
  }
  const std::optional<Tree> value =
      fitting(change, *place.type, place.field ? place.field->description : "", diagnostics);
  if (!value) return Effect::refused;
  if (place.type->record && place.type->record->name == "persona" && value->find("overrides")) {
    return refuse(change, "the overrides of a persona cannot be set", "they come before every scenario",
                  "Write what is meant as changes with 'for'", diagnostics);
  }
  const Tree* before = place.tree;
  if (!before && place.state == Place::State::defaulted) before = &place.value;
  DefaultContext context{.journey = &journey, .id = parts_of(change.address).back()};
  const bool same = before && same_meaning(*before, *value, *place.type, context);
  create(journey, change.address, change.mark) = *value;
  return same ? Effect::nothing : Effect::changed;
}

Effect add(const Change& change, Tree& journey, Diagnostics& diagnostics) {
  constexpr std::string_view targets = "targets.";
  const std::size_t point = change.address.starts_with(targets) ? targets.size() - 1 : change.address.rfind('.');
  const auto only_entries = [&](const std::string& what) {
    return refuse(change, what,
                  "only entries of a map are added: a touchpoint, persona, pain, goal, outcome, channel, edge",
                  "Use 'set' for everything else", diagnostics);
  };
  if (point == std::string::npos) return only_entries(quoted(change.address) + " cannot be added");
  const std::string above = change.address.substr(0, point);
  const std::string key = change.address.substr(point + 1);
  const Place map = find(journey, above);
  if (map.state == Place::State::missing) return detail::refuse_missing(change, map, diagnostics);
  if (map.type->kind != Kind::map) return only_entries(quoted(change.address) + " cannot be added");
  if (!map.tree && map.in_channel) {
    return refuse(change, above + " is not written in this channel",
                  "the touchpoint's holds here, and an entry would replace it whole", "Set " + above + " whole",
                  diagnostics);
  }
  if (map.tree && map.tree->find(key)) {
    return refuse(change, change.address + " exists already", "adding it would replace it unseen",
                  "Use 'set' to change it, or choose another id", diagnostics);
  }
  if (map.type->section != Section::figure && !is_valid_id(key)) {
    return refuse(change, quoted(key) + " is not an id", "ids are a letter a..z, then letters, digits, _ and -", "",
                  diagnostics);
  }
  std::optional<Tree> value = fitting(change, *map.type->element, "", diagnostics);
  if (!value) return Effect::refused;
  if (map.type->section == Section::channel && map.type->defines && (!map.tree || map.tree->entries.empty())) {
    diagnostics.warning(change.mark,
                        "the first channel of " + above.substr(0, above.rfind('.')) + " replaces its plain way",
                        "a touchpoint with channels is used through them only",
                        "Add a second channel for the way as it was, if it stays");
  }
  const Tree standing = constant_tree(map.type->entry_default);
  const bool same = !map.type->entry_default.empty() &&
                    same_meaning(standing, *value, *map.type->element, DefaultContext{.journey = &journey});
  create(journey, change.address, change.mark) = std::move(*value);
  return same ? Effect::nothing : Effect::changed;
}

}  // namespace

std::vector<Change> read_changes(const Tree& list) {
  static constexpr std::array<std::pair<std::string_view, Change::Verb>, 5> verbs = {{{"set", Change::Verb::set},
                                                                                      {"scale", Change::Verb::scale},
                                                                                      {"shift", Change::Verb::shift},
                                                                                      {"remove", Change::Verb::remove},
                                                                                      {"add", Change::Verb::add}}};
  std::vector<Change> changes;
  for (const Tree& item : list.items) {
    Change change;
    for (const Tree::Entry& entry : item.entries) {
      const auto verb = std::ranges::find(verbs, entry.key, &std::pair<std::string_view, Change::Verb>::first);
      if (verb != verbs.end()) {
        change.verb = verb->second;
        change.address = entry.value.scalar;
        change.mark = entry.value.mark;
      } else if (entry.key == "reroute") {
        change.reroute = name_of(entry.value);
      } else if (entry.key == "for") {
        for (const Tree& persona : entry.value.items) change.only_for.push_back(name_of(persona));
      } else {
        change.value = entry.value;
      }
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

Effect apply(const Change& change, Tree& journey, Diagnostics& diagnostics) {
  Effect effect = Effect::refused;
  switch (change.verb) {
    case Change::Verb::set: effect = set(change, journey, diagnostics); break;
    case Change::Verb::scale: effect = detail::scale(change, journey, diagnostics); break;
    case Change::Verb::shift: effect = detail::shift(change, journey, diagnostics); break;
    case Change::Verb::remove: effect = detail::remove(change, journey, diagnostics); break;
    case Change::Verb::add: effect = add(change, journey, diagnostics); break;
  }
  return effect;
}

namespace detail {

Effect refuse_missing(const Change& change, const Place& place, Diagnostics& diagnostics) {
  return refuse(change, place.problem, place.why, place.suggestion, diagnostics);
}

bool is_edge(const Type& type) { return type.kind == Kind::record && type.short_form == ShortForm::weight; }

}  // namespace detail

}  // namespace sojourn::models
