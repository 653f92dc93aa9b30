#include "models/journey/references.h"

#include "models/journey/choices.h"
#include "models/journey/figures.h"
#include "models/journey/overrides.h"
#include "models/journey/uncertain.h"
#include "models/journey/values.h"
#include "models/text/number.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace sojourn::models {
namespace {

using Ids = std::unordered_set<std::string_view>;

const std::vector<Tree::Entry>& entries_of(const Tree* map) {
  static const std::vector<Tree::Entry> none;
  return map && map->is_map() ? map->entries : none;
}

const std::vector<Tree::Entry>& entries_of(const Tree& tree, std::string_view key) {
  return entries_of(tree.find(key));
}

Ids ids_of(const std::vector<Tree::Entry>& entries) {
  Ids ids;
  for (const Tree::Entry& entry : entries) ids.insert(entry.key);
  return ids;
}

std::optional<double> number_in(const Tree* tree) {
  if (!tree || tree->kind != Tree::Kind::scalar) return std::nullopt;
  return read_number(tree->scalar).value;
}

class Checker {
 public:
  Checker(const Tree& journey, Diagnostics& diagnostics)
      : journey_(journey),
        diagnostics_(diagnostics),
        personas_(entries_of(journey, "personas")),
        pains_(entries_of(journey, "pains")),
        touchpoints_(entries_of(journey, "touchpoints")),
        outcomes_(entries_of(journey, "outcomes")),
        pain_ids_(ids_of(pains_)),
        goal_ids_(ids_of(entries_of(journey, "goals"))),
        touchpoint_ids_(ids_of(touchpoints_)),
        outcome_ids_(ids_of(outcomes_)) {
    outcome_ids_.insert("abandoned");
    for (const Tree::Entry& pain : pains_) {
      const Tree* lasting = pain.value.is_map() ? pain.value.find("lasting") : nullptr;
      if (lasting && lasting->scalar == "true") lasting_ids_.insert(pain.key);
    }
    for (const Tree::Entry& touchpoint : touchpoints_) {
      for (const Tree::Entry& channel : entries_of(touchpoint.value, "channels")) channel_ids_.insert(channel.key);
    }
    // A section that is reported already would only make every name of its ids wrong.
    const auto unreadable = [&](std::string_view section) {
      const Tree* tree = journey.find(section);
      return tree && !tree->is_map();
    };
    if (unreadable("pains")) unreadable_.insert("pain");
    if (unreadable("goals")) unreadable_.insert("goal");
    if (unreadable("touchpoints")) unreadable_.insert("channel");
    if (touchpoints_.empty() || outcomes_.empty()) unreadable_.insert("node");
  }

  void run() {
    one_namespace();
    lingering();
    for (const Tree::Entry& persona : personas_) of_persona(persona);
    start();
    for (const Tree::Entry& touchpoint : touchpoints_) of_touchpoint(touchpoint);
    targets();
    for (const Tree::Entry& entry : entries_of(journey_, "uncertain")) {
      check_uncertain(journey_, {"uncertain", entry, entry.value}, lookup_, diagnostics_);
    }
    if (const Tree* calibrate = journey_.find("calibrate")) {
      for (const Tree::Entry& entry : entries_of(*calibrate, "parameters")) parameter(entry);
    }
  }

 private:
  // ---- names ------------------------------------------------------------------------------------------------------

  /// What is meant by an id that names nothing: looking costs, so only for the first of very many.
  std::string meant(std::string_view id, std::string_view noun, std::initializer_list<const Ids*> sets) {
    if (diagnostics_.crowded()) return "";
    auto [known, is_new] = candidates_.try_emplace(noun);
    std::vector<std::string_view>& candidates = known->second;
    if (is_new) {
      for (const Ids* set : sets) candidates.insert(candidates.end(), set->begin(), set->end());
      std::ranges::sort(candidates);  // so that of equally near ones the choice does not depend on a hash
    }
    return nearest_or_all(id, candidates);
  }

  void known(std::string_view id, const Mark& mark, const Where& where, std::string_view noun, const Ids& ids) {
    if (ids.contains(id) || unreadable_.contains(noun)) return;
    diagnostics_.error(mark, where.address() + ": there is no " + std::string(noun) + " " + quoted(id), "",
                       meant(id, noun, {&ids}));
  }

  void known_node(std::string_view id, const Mark& mark, const Where& where) {
    if (touchpoint_ids_.contains(id) || outcome_ids_.contains(id) || unreadable_.contains("node")) return;
    diagnostics_.error(mark, where.address() + ": there is no touchpoint or outcome " + quoted(id),
                       "a way must lead somewhere", meant(id, "node", {&touchpoint_ids_, &outcome_ids_}));
  }

  void one_namespace() {
    for (const Tree::Entry& touchpoint : touchpoints_) {
      if (!outcome_ids_.contains(touchpoint.key)) continue;
      const bool standing = touchpoint.key == "abandoned";
      diagnostics_.error(touchpoint.mark, quoted(touchpoint.key) + " is a touchpoint and an outcome",
                         standing ? "the outcome 'abandoned' exists without being written"
                                  : "edges name both, so they share their ids",
                         "Choose another id");
    }
  }

  void lingering() {
    for (const Tree::Entry& pain : pains_) {
      if (lasting_ids_.contains(pain.key)) continue;
      const std::optional<double> points = number_in(pain.value.find("lingering"));
      if (points && *points > 0) {
        diagnostics_.warning(pain.value.find("lingering")->mark, "pains." + pain.key + " lingers but is not lasting",
                             "a pain that is not lasting is never open, so nothing lingers", "Write 'lasting: true'");
      }
    }
  }

  // ---- personas ---------------------------------------------------------------------------------------------------

  void of_persona(const Tree::Entry& persona) {
    const Where top{nullptr, "personas"};
    const Where here{&top, persona.key};
    for (const Tree::Entry& goal : entries_of(persona.value, "goals")) {
      known(goal.key, goal.mark, Where{&here, "goals"}, "goal", goal_ids_);
    }
    for (const Tree::Entry& pain : entries_of(persona.value, "sensitivity")) {
      known(pain.key, pain.mark, Where{&here, "sensitivity"}, "pain", pain_ids_);
    }
    for (const Tree::Entry& channel : entries_of(persona.value, "channels")) {
      known(channel.key, channel.mark, Where{&here, "channels"}, "channel", channel_ids_);
    }
    const Tree* overrides = persona.value.is_map() ? persona.value.find("overrides") : nullptr;
    if (overrides) check_overrides(journey_, *overrides, lookup_, diagnostics_);
  }

  // ---- ways -------------------------------------------------------------------------------------------------------

  void start() {
    for (const Tree::Entry& entry : entries_of(journey_, "start")) {
      known_node(entry.key, entry.mark, Where{nullptr, "start"});
    }
  }

  void of_touchpoint(const Tree::Entry& touchpoint) {
    const Where top{nullptr, "touchpoints"};
    const Where here{&top, touchpoint.key};
    of_way(touchpoint.value, here);
    for (const Tree::Entry& channel : entries_of(touchpoint.value, "channels")) {
      const Where inner{&here, "channels"};
      of_way(channel.value, Where{&inner, channel.key});
    }
  }

  void of_way(const Tree& way, const Where& here) {
    for (const Tree::Entry& pain : entries_of(way, "pains")) {
      known(pain.key, pain.mark, Where{&here, "pains"}, "pain", pain_ids_);
    }
    for (const Tree::Entry& pain : entries_of(way, "resolves")) {
      const Where resolves{&here, "resolves"};
      known(pain.key, pain.mark, resolves, "pain", pain_ids_);
      if (pain_ids_.contains(pain.key) && !lasting_ids_.contains(pain.key)) {
        diagnostics_.warning(pain.mark, resolves.address() + ": the pain " + quoted(pain.key) + " is not lasting",
                             "it is never open, so there is nothing to resolve",
                             "Write 'lasting: true' in pains." + pain.key);
      }
    }
    for (const Tree::Entry& goal : entries_of(way, "fulfils")) {
      known(goal.key, goal.mark, Where{&here, "fulfils"}, "goal", goal_ids_);
    }
    const Tree* given_up = way.is_map() ? way.find("if_given_up") : nullptr;
    if (given_up && given_up->kind == Tree::Kind::scalar && !given_up->is_null()) {
      known_node(given_up->scalar, given_up->mark, Where{&here, "if_given_up"});
    }
    if (const Tree* next = way.is_map() ? way.find("next") : nullptr) edges(*next, Where{&here, "next"});
  }

  void edges(const Tree& next, const Where& where) {
    if (!next.is_map()) return;
    for (const Tree::Entry& entry : next.entries) {
      known_node(entry.key, entry.mark, where);
      const Where here{&where, entry.key};
      guards(entry.value, here);
      for (const Tree& edge : entry.value.items) guards(edge, here);  // side by side
    }
  }

  void guards(const Tree& edge, const Where& where) {
    if (!edge.is_map()) return;
    for (const std::string_view word : {"if", "unless"}) {
      const Where here{&where, word};
      for (const Tree::Entry& named : entries_of(edge, word)) {
        if (named.value.kind != Tree::Kind::scalar || named.value.is_null()) continue;
        const std::string& id = named.value.scalar;
        if (named.key == "goal") known(id, named.value.mark, here, "goal", goal_ids_);
        if (named.key != "pain") continue;
        known(id, named.value.mark, here, "pain", pain_ids_);
        if (pain_ids_.contains(id) && !lasting_ids_.contains(id)) {
          diagnostics_.error(named.value.mark, here.address() + ": the pain " + quoted(id) + " is not lasting",
                             "it is never open, so the condition never holds", "Write 'lasting: true' in pains." + id);
        }
      }
    }
  }

  // ---- addresses --------------------------------------------------------------------------------------------------

  void targets() {
    for (const Tree::Entry& entry : entries_of(journey_, "targets")) {
      NoFigure problem;
      const FigureRange figure = find_figure(journey_, entry.key, lookup_, problem);
      if (!problem.what.empty()) {
        diagnostics_.error(entry.mark, "targets: " + problem.what, "a target is what a figure of the results should be",
                           problem.suggestion);
        continue;
      }
      const std::optional<double> value = number_in(&entry.value);
      if (value && (*value < figure.low || *value > figure.high)) {
        diagnostics_.error(entry.value.mark,
                           "the target " + entry.key + " is " + entry.value.scalar + ", but must be " +
                               range_text({.low = figure.low, .high = figure.high}),
                           "the figure can be nothing else");
      }
    }
  }

  void parameter(const Tree::Entry& entry) {
    const Tree* prior = entry.value.is_map() ? entry.value.find("prior") : nullptr;
    if (!prior) return;
    const Type* type = check_uncertain(journey_, {"calibrate.parameters", entry, *prior}, lookup_, diagnostics_);
    if (!type) return;
    const Where top{nullptr, "calibrate.parameters"};
    const Where here{&top, entry.key};
    std::optional<double> ends[2];
    for (const auto& [key, end] : {std::pair("low", 0), std::pair("high", 1)}) {
      const Tree* written = entry.value.find(key);
      if (written) ends[end] = read_value(*written, *type, Where{&here, key}, Ranges::check, "", diagnostics_);
    }
    if (ends[0] && ends[1] && !(*ends[0] < *ends[1])) {
      diagnostics_.error(entry.value.find("low")->mark, here.address() + ": low is not below high",
                         "there would be nothing to move");
    }
  }

  const Tree& journey_;
  Diagnostics& diagnostics_;
  Lookup lookup_;
  const std::vector<Tree::Entry>& personas_;
  const std::vector<Tree::Entry>& pains_;
  const std::vector<Tree::Entry>& touchpoints_;
  const std::vector<Tree::Entry>& outcomes_;
  Ids pain_ids_;
  Ids lasting_ids_;
  Ids goal_ids_;
  Ids touchpoint_ids_;
  Ids outcome_ids_;
  Ids channel_ids_;
  std::map<std::string_view, std::vector<std::string_view>> candidates_;  // by noun, sorted
  Ids unreadable_;                                                        // nouns whose section is missing or no map
};

}  // namespace

void check_references(const Tree& journey, Diagnostics& diagnostics) {
  if (!journey.is_map()) return;
  Checker(journey, diagnostics).run();
  check_choices(journey, diagnostics);
}

}  // namespace sojourn::models
