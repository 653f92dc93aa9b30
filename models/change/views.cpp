#include "models/change/views.h"

#include "engine/base/contract.h"
#include "models/change/detail/once.h"
#include "models/change/shadow.h"
#include "models/journey/address.h"
#include "models/journey/overrides.h"
#include "models/journey/references.h"
#include "models/journey/validate.h"
#include "models/journey/write.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <map>

namespace sojourn::models {
namespace {

/// A change of a scenario, and what became of it in the views.
struct Step {
  const Change* change = nullptr;
  bool changed = false;  // something, for somebody
  bool refused = false;
};

bool concerns(const Change& change, std::string_view persona) {
  const auto named = [&](const Change::Name& name) { return name.id == persona; };
  return change.only_for.empty() || std::ranges::any_of(change.only_for, named);
}

/// The part of a change's address behind `personas.`, or empty.
std::string_view persona_in(std::string_view address) {
  const std::vector<std::string_view> parts = parts_of(address);
  return parts.size() > 1 && parts[0] == "personas" ? parts[1] : std::string_view{};
}

bool is_whole_persona(const Change& change) {
  return change.address.starts_with("personas.") && parts_of(change.address).size() == 2;
}

std::vector<Change> overrides_of(const Tree& journey, std::string_view persona) {
  const Tree* personas = journey.find("personas");
  const Tree* record = personas ? personas->find(persona) : nullptr;
  const Tree* overrides = record ? record->find("overrides") : nullptr;
  return overrides ? read_changes(*overrides) : std::vector<Change>{};
}

void drop_overrides(Tree& journey) {
  Tree* personas = journey.find("personas");
  if (!personas) return;
  for (Tree::Entry& persona : personas->entries) {
    std::erase_if(persona.value.entries, [](const Tree::Entry& entry) { return entry.key == "overrides"; });
  }
}

/// A value that takes the place of an uncertain number of the changed journey.
struct Placed {
  const std::string* address;
  double value;
};

/// What is not known about numbers that are no more is not asked for.
void drop_lost_addresses(Tree& journey) {
  Lookup lookup;
  const auto lost = [&](const Tree::Entry& entry) {
    return find(journey, entry.key, lookup, Suggest::nothing).state == Place::State::missing;
  };
  if (Tree* uncertain = journey.find("uncertain")) std::erase_if(uncertain->entries, lost);
  Tree* calibrate = journey.find("calibrate");
  if (Tree* parameters = calibrate ? calibrate->find("parameters") : nullptr) std::erase_if(parameters->entries, lost);
}

class Builder {
 public:
  enum class Values { as_written, drawn };

  Builder(const JourneyFile& journey, std::span<const ScenarioFile> scenarios, Values values = Values::as_written,
          std::vector<Placed> placed = {})
      : journey_(journey), named_(scenarios), values_(values), placed_(std::move(placed)) {
    for (const ScenarioFile& scenario : scenarios) {
      for (const ScenarioFile& base : scenario.bases) take(base);
      take(scenario);
    }
    once_.remember(journey.warnings);
  }

  Case build() {
    same_journey();
    personas();
    names_of_for();
    once_.all().refuse_if_errors();

    Case result;
    std::vector<std::string> travellers = make_views(result);
    changes_nothing();
    uncertain(result);
    once_.all().refuse_if_errors();
    assign(travellers, result);
    describe(result);
    result.warnings = std::move(once_.all());
    return result;
  }

 private:
  void take(const ScenarioFile& scenario) {
    const auto same = [&](const ScenarioFile* other) {
      return !scenario.canonical.empty() && other->canonical == scenario.canonical;
    };
    if (std::ranges::any_of(scenarios_, same)) return;
    scenarios_.push_back(&scenario);
    for (const Change& change : scenario.changes) steps_.push_back({&change, false, false});
  }

  void same_journey() {
    for (const ScenarioFile* scenario : scenarios_) {
      const bool unknown = journey_.canonical.empty() || scenario->journey_canonical.empty();
      if (unknown || journey_.canonical == scenario->journey_canonical) continue;
      once_.all().error(scenario->journey_mark,
                        "the scenario is on another journey than " + quoted(journey_.source->name),
                        "its changes may mean nothing there", "Compare it with " + quoted(scenario->journey_canonical));
    }
  }

  /// Everyone of the file and everyone whom a scenario adds.
  void personas() {
    if (const Tree* map = journey_.tree.find("personas")) {
      for (const Tree::Entry& entry : map->entries) ids_.push_back(entry.key);
    }
    for (const Step& step : steps_) {
      const Change& change = *step.change;
      if (!is_whole_persona(change)) continue;
      const std::string id(persona_in(change.address));
      if (change.verb == Change::Verb::add && std::ranges::find(ids_, id) == ids_.end()) ids_.push_back(id);
      if (!change.only_for.empty() && (change.verb == Change::Verb::add || change.verb == Change::Verb::remove)) {
        once_.all().error(change.only_for.front().mark, "a persona comes and goes for everyone",
                          "who travels does not depend on who looks", "Remove 'for'");
      }
    }
  }

  void names_of_for() {
    const std::vector<std::string_view> known(ids_.begin(), ids_.end());
    for (const Step& step : steps_) {
      for (const Change::Name& name : step.change->only_for) {
        if (std::ranges::find(ids_, name.id) != ids_.end()) continue;
        once_.all().error(name.mark, "there is no persona " + quoted(name.id), "", did_you_mean(name.id, known));
      }
    }
  }

  /// Makes the views and returns the personas' ids with the view that each has now.
  std::vector<std::string> make_views(Case& result) {
    // Personas with overrides see a journey of their own; of the others, those see the same whom the same changes
    // concern.
    std::map<std::vector<bool>, std::size_t> shared;
    for (const std::string& id : ids_) {
      const bool own = has_overrides(id);
      std::vector<bool> concerned;
      for (const Step& step : steps_) concerned.push_back(concerns(*step.change, id));
      const auto known = own ? shared.end() : shared.find(concerned);
      if (known != shared.end()) {
        view_of_[id] = known->second;
        continue;
      }
      view_of_[id] = result.trees.size();
      if (!own) shared[std::move(concerned)] = result.trees.size();
      result.trees.push_back(view_of(id));
    }
    std::vector<std::string> travellers;
    if (result.trees.empty()) return travellers;
    if (const Tree* map = result.trees.front().find("personas")) {
      for (const Tree::Entry& entry : map->entries) travellers.push_back(entry.key);
    }
    return travellers;
  }

  bool has_overrides(std::string_view id) const {
    if (!overrides_of(journey_.tree, id).empty()) return true;
    return std::ranges::any_of(steps_, [&](const Step& step) {
      const Change& change = *step.change;
      return change.verb == Change::Verb::add && is_whole_persona(change) && persona_in(change.address) == id &&
             change.value.find("overrides") != nullptr;
    });
  }

  Tree view_of(const std::string& id) {
    Tree tree = journey_.tree;
    drop_overrides(tree);
    Diagnostics problems;
    bool touched = override_with(overrides_of(journey_.tree, id), tree, problems);
    for (Step& step : steps_) {
      if (!concerns(*step.change, id)) continue;
      touched = true;
      take_step(step, id, tree, problems);
    }
    const std::vector<Change> late = overrides_of(tree, id);  // of a persona that a scenario added
    drop_overrides(tree);
    for (const Change& change : late) may_override(change.address, change.mark, problems);
    touched = override_with(late, tree, problems) || touched || values_ == Values::drawn;
    place(tree);
    if (touched && !problems.has_errors()) {
      drop_lost_addresses(tree);
      validate(tree, journey_record(), problems);
      check_references(tree, problems);
    }
    once_.add(problems);
    return tree;
  }

  /// Not everybody's journey need have the place: a change may be for some only.
  void place(Tree& tree) const {
    for (const Placed& one : placed_) {
      const Place::State state = find(tree, *one.address).state;
      if (state != Place::State::missing && state != Place::State::unwritten) set_number(tree, *one.address, one.value);
    }
  }

  /// True if there were any.
  bool override_with(const std::vector<Change>& overrides, Tree& tree, Diagnostics& problems) {
    for (const Change& change : overrides) {
      const bool unseen = shadowed(tree, change.address);
      const Effect effect = apply(change, tree, problems);
      if (effect == Effect::refused || (effect == Effect::changed && !unseen)) continue;
      problems.warning(change.mark, "the override of " + quoted(change.address) + " changes nothing",
                       unseen ? reason_of_shadow(change.address) : "it is so already");
    }
    return !overrides.empty();
  }

  void take_step(Step& step, const std::string& id, Tree& tree, Diagnostics& problems) {
    const Change& change = *step.change;
    const std::string_view other = persona_in(change.address);
    const bool unseen = shadowed(tree, change.address) || (!change.only_for.empty() && !other.empty() && other != id);
    const Effect effect = apply(change, tree, problems);
    step.refused = step.refused || effect == Effect::refused;
    step.changed = step.changed || (effect == Effect::changed && !unseen);
  }

  void changes_nothing() {
    if (values_ == Values::drawn) return;
    for (const Step& step : steps_) {
      if (step.changed || step.refused) continue;
      const Change& change = *step.change;
      const bool unseen = shadowed(journey_.tree, change.address);
      std::string why = "it is so already";
      if (unseen) why = reason_of_shadow(change.address);
      if (!change.only_for.empty() && !persona_in(change.address).empty()) why += ", or 'for' names other personas";
      Diagnostics problem;
      problem.error(change.mark, "the change of " + quoted(change.address) + " changes nothing for anyone", why,
                    unseen && change.address.starts_with("touchpoints") ? "Change what the channels carry" : "");
      once_.add(problem);
    }
  }

  void uncertain(Case& result) {
    if (once_.all().has_errors() || result.trees.empty()) return;
    Lookup lookup;
    if (const Tree* own = journey_.tree.find("uncertain")) {
      for (const Tree::Entry& entry : own->entries)
        result.uncertain.push_back(typed_uncertain(journey_.tree, entry, lookup));
    }
    for (std::size_t k = 0; k < scenarios_.size(); ++k) {
      for (const Tree::Entry& entry : scenarios_[k]->uncertain.entries) {
        const Tree& tree = result.trees[view_with(entry.key, result)];
        Diagnostics problems;
        const bool known = check_uncertain(tree, {"uncertain", entry, entry.value}, lookup, problems) != nullptr;
        if (known && !problems.has_errors()) {
          result.uncertain.push_back(typed_uncertain(tree, entry, lookup));
          result.uncertain.back().scenario = k + 1;
        }
        once_.add(problems);
      }
    }
  }

  /// A view where the address leads to something, or the first.
  static std::size_t view_with(std::string_view address, const Case& result) {
    for (std::size_t i = 0; i < result.trees.size(); ++i) {
      if (find(result.trees[i], address).state != Place::State::missing) return i;
    }
    return 0;
  }

  /// Keeps the views that somebody sees, equal ones once, and says who sees which.
  void assign(const std::vector<std::string>& travellers, Case& result) {
    std::vector<Tree> kept;
    std::map<std::size_t, std::size_t> now;  // view as made -> as kept
    for (const std::string& id : travellers) {
      const std::size_t made = view_of_.at(id);
      if (!now.contains(made)) {
        const auto same =
            std::ranges::find_if(kept, [&](const Tree& tree) { return same_text(tree, result.trees[made]); });
        now[made] = static_cast<std::size_t>(same - kept.begin());
        if (same == kept.end()) kept.push_back(std::move(result.trees[made]));
      }
      result.views.view_of_persona.push_back(now[made]);
    }
    result.trees = std::move(kept);
    for (const Tree& tree : result.trees) result.views.views.push_back(typed_journey(tree));
  }

  void describe(Case& result) const {
    for (const ScenarioFile* scenario : scenarios_) {
      result.scenarios.push_back(scenario->title);
      result.cost_once += scenario->cost_once;
      result.cost_per_journey += scenario->cost_per_journey;
    }
    for (const ScenarioFile& scenario : named_) {
      result.title += (result.title.empty() ? "" : " + ") + scenario.title;
    }
    if (named_.empty()) result.title = result.views.views.front().title;
  }

  const JourneyFile& journey_;
  std::span<const ScenarioFile> named_;
  Values values_;
  std::vector<Placed> placed_;                  // last, in every view
  std::vector<const ScenarioFile*> scenarios_;  // with those they stand on
  std::vector<Step> steps_;
  std::vector<std::string> ids_;
  std::map<std::string, std::size_t> view_of_;
  detail::Once once_;
};

}  // namespace

Case build_case(const JourneyFile& journey, std::span<const ScenarioFile> scenarios) {
  return Builder(journey, scenarios).build();
}

Case build_case(const JourneyFile& journey, std::span<const ScenarioFile> scenarios,
                const std::vector<Uncertain>& uncertain, std::span<const double> drawn) {
  SOJOURN_EXPECT(uncertain.size() == drawn.size(), "a value for every uncertain number");
  JourneyFile file = journey;
  std::vector<Placed> placed;
  for (std::size_t i = 0; i < uncertain.size(); ++i) {
    if (uncertain[i].scenario == 0) {
      set_number(file.tree, uncertain[i].address, drawn[i]);
    } else {
      placed.push_back({&uncertain[i].address, drawn[i]});
    }
  }
  return Builder(file, scenarios, Builder::Values::drawn, std::move(placed)).build();
}

}  // namespace sojourn::models
