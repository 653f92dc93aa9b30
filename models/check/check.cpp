#include "models/check/check.h"

#include "models/check/detail/length.h"
#include "models/check/detail/overview.h"
#include "models/check/detail/sums.h"

#include <algorithm>
#include <deque>
#include <map>

namespace sojourn::models {
namespace {

using namespace detail;

/// More steps than a journey without conditions needs; they take less than a second.
constexpr std::size_t most_condition_steps = 2'000'000;
/// Ways and edges looked at for parties after the first, so that thousands of personas in a large journey end soon.
constexpr std::size_t most_ways = 3'000'000;
constexpr std::size_t cost_of_patience = 20;  // a way's, beside one without

/// Personas that travel alike: one view, the same channels, the same patience.
struct Party {
  std::size_t view = 0;
  std::vector<std::size_t> personas;  // numbers, rising
};

std::string travels_as(const Persona& persona) {
  std::string key;
  const auto add = [&](const void* bytes, std::size_t size) { key.append(static_cast<const char*>(bytes), size); };
  const auto number = [&](double value) { add(&value, sizeof value); };
  for (const auto& [channel, affinity] : persona.channels) {
    key += channel + ":";
    number(affinity);
  }
  if (!persona.patience_ms) return key;
  key += "|" + std::to_string(static_cast<int>(persona.patience_ms->family));
  number(persona.patience_ms->a);
  number(persona.patience_ms->b);
  number(persona.patience_ms->c);
  for (const auto& [value, weight] : persona.patience_ms->points) {
    number(value);
    number(weight);
  }
  return key;
}

std::vector<Party> parties_of(const Case& one) {
  std::vector<Party> parties;
  std::map<std::pair<std::size_t, std::string>, std::size_t> known;
  for (std::size_t p = 0; p < one.views.view_of_persona.size(); ++p) {
    const std::size_t view = one.views.view_of_persona[p];
    const Persona& persona = one.views.views[view].personas[p];
    if (!(persona.share > 0)) continue;
    const auto [party, fresh] = known.emplace(std::pair(view, travels_as(persona)), parties.size());
    if (fresh) parties.push_back({.view = view, .personas = {}});
    parties[party->second].personas.push_back(p);
  }
  return parties;
}

class Checker {
 public:
  explicit Checker(const Case& one) : case_(one), places_(one), overview_(one.views.views.size()) {
    for (const Journey& view : one.views.views) maps_.emplace_back(view);
    durations_.resize(maps_.size());
  }

  std::vector<ExpectedLength> run(Diagnostics& diagnostics) {
    const std::vector<Persona>& personas = case_.views.views.front().personas;
    for (const Persona& persona : personas)
      lengths_.push_back({persona.id, std::nullopt, "nobody travels so (share 0)"});
    const std::vector<Party> parties = parties_of(case_);
    std::size_t travelling = 0;
    for (const Party& party : parties) travelling += party.personas.size();
    std::vector<std::size_t> unchecked;
    std::size_t ways_left = most_ways;
    for (const Party& party : parties) {
      const bool patient = !persona_of(party).patience_ms;
      const std::size_t cost = maps_[party.view].ways() * (patient ? 1 : cost_of_patience) + maps_[party.view].roads();
      if (&party != &parties.front() && cost > ways_left) {
        unchecked.insert(unchecked.end(), party.personas.begin(), party.personas.end());
        for (const std::size_t p : party.personas) lengths_[p].why_not = "there are too many different personas";
        continue;
      }
      ways_left -= std::min(cost, ways_left);
      check(party);
    }
    findings_.about({});
    if (unchecked.empty()) {
      overview_.check_reached(places_, findings_);
      overview_.check_conditions(places_, findings_);
    }
    report_limits(unchecked);
    findings_.report(personas, travelling, diagnostics);
    return std::move(lengths_);
  }

 private:
  const Persona& persona_of(const Party& party) const {
    return case_.views.views[party.view].personas[party.personas.front()];
  }

  void check(const Party& party) {
    const ViewMap& map = maps_[party.view];
    const Persona& persona = persona_of(party);
    findings_.about(party.personas);
    check_sums(map, persona, party.view, places_, findings_);
    std::vector<Drawn>& durations = durations_[party.view];
    if (durations.empty()) durations = drawn_durations(map);
    const std::vector<WayUse> uses = way_uses(map, durations, persona);
    Conditions conditions = map.too_many_flags() ? Conditions::ignored : Conditions::followed;
    States states = explore(map, durations, uses, conditions, steps_);
    if (!states.complete) {
      conditions = Conditions::ignored;
      states = States{};
      states = explore(map, durations, uses, conditions, steps_);
    }
    if (conditions == Conditions::ignored) {
      all_followed_ = false;
      states.not_markov = "there are too many combinations of goals and pains";
    }
    const Explored explored{map, party.view, states, conditions};
    check_dead_ends(explored, places_, findings_);
    check_traps(explored, places_, findings_);
    overview_.add(explored);
    const ExpectedLength length = check_length(explored, places_, findings_);
    for (const std::size_t p : party.personas) {
      lengths_[p].visits = length.visits;
      lengths_[p].why_not = length.why_not;
    }
  }

  void report_limits(const std::vector<std::size_t>& unchecked) {
    if (!all_followed_) {
      findings_.add({Diagnostic::Severity::warning, places_.section(0, "touchpoints"),
                     "there are too many combinations of goals and pains to follow every condition", "",
                     "it was checked as if every condition could hold", "Let fewer edges have conditions"});
    }
    if (unchecked.empty()) return;
    findings_.about(unchecked);
    findings_.add({Diagnostic::Severity::warning, places_.section(0, "personas"),
                   "there are too many different personas to check the journey", "", "the other personas were checked",
                   ""});
  }

  const Case& case_;
  Places places_;
  Overview overview_;
  Findings findings_;
  std::deque<ViewMap> maps_;                   // [view]
  std::vector<std::vector<Drawn>> durations_;  // [view][way], once a party needs them
  std::vector<ExpectedLength> lengths_;
  std::size_t steps_ = most_condition_steps;
  bool all_followed_ = true;
};

}  // namespace

std::vector<ExpectedLength> check_journey(const Case& one, Diagnostics& diagnostics) {
  return Checker(one).run(diagnostics);
}

}  // namespace sojourn::models
