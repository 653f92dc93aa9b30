// Law: an agent that never meets a change keeps its journey, bit for bit.

#include "tests/support/cases.h"
#include "tests/support/property.h"
#include "tests/support/walked.h"

#include "models/journey/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace sojourn::tests {
namespace {

/// Null if there is no such persona any more.
const models::Tree* view_of(const models::Case& one, const std::string& persona) {
  const auto& personas = one.views.views.front().personas;
  const auto found = std::find_if(personas.begin(), personas.end(), [&](const auto& p) { return p.id == persona; });
  if (found == personas.end()) return nullptr;
  return &one.trees[one.views.view_of_persona[static_cast<std::size_t>(found - personas.begin())]];
}

/// The touchpoints that a persona sees otherwise in the changed journey; nothing if more than touchpoints differ, since
/// then there is no saying who does not meet it.
std::optional<std::set<std::string>> changed_touchpoints(const models::Tree* base, const models::Tree* changed) {
  std::set<std::string> ids;
  if (changed == nullptr || base->entries.size() != changed->entries.size()) return std::nullopt;
  for (const auto& [section, mark, value] : base->entries) {
    const models::Tree* other = changed->find(section);
    if (section != "touchpoints") {
      if (other == nullptr || !models::same_text(value, *other)) return std::nullopt;
      continue;
    }
    for (const auto& [id, id_mark, touchpoint] : value.entries) {
      const models::Tree* there = other->find(id);
      if (there == nullptr || !models::same_text(touchpoint, *there)) ids.insert(id);
    }
  }
  return ids;
}

struct Count {
  int journeys = 0;  // with agents that meet the change and agents that do not
  int met = 0;
  int changed = 0;  // of those who met it
  int never_met = 0;
};

std::string check(const WhatIf& what_if, std::uint64_t seed, Count& count) {
  const models::Case base = case_of(what_if.journey.text);
  const models::Case changed = changed_case(what_if.journey.text, what_if.changes);
  const models::Experiment experiment({&base, &changed});
  AgentWalker in_base(experiment, 0, seed);
  AgentWalker in_changed(experiment, 1, seed);
  const models::Atlas& atlas = experiment.atlas();
  const Count before = count;
  for (std::uint64_t agent = 0; agent < 40; ++agent) {
    const Walked walked = in_base.walk(agent);
    const std::string& persona = atlas.personas.ids()[walked.ending.group];
    const auto touched = changed_touchpoints(view_of(base, persona), view_of(changed, persona));
    if (!touched) continue;
    const bool met = std::any_of(walked.visits.begin(), walked.visits.end(), [&](const engine::Visit& visit) {
      return touched->contains(atlas.touchpoints.ids()[visit.node]);
    });
    if (walked.stuck) continue;  // its persona is not known
    const std::string broken = difference(walked, in_changed.walk(agent));
    if (!met && !broken.empty()) return fmt::format("agent {} never met the change: {}", agent, broken);
    if (met) {
      ++count.met;
      count.changed += !broken.empty();
    } else {
      ++count.never_met;
    }
  }
  if (count.met > before.met && count.never_met > before.never_met) ++count.journeys;
  return "";
}

TEST(NeverMet, changes_of_one_touchpoint_leave_others_journeys_alone) {
  Count count;
  std::uint64_t seed = 0;
  for_all(900, any_touchpoint_what_if(), [&](const WhatIf& what_if) { return check(what_if, ++seed, count); });
  EXPECT_GE(count.journeys, 100);
  EXPECT_GT(count.never_met, 2'000);
  EXPECT_GT(count.changed, 2'000);
}

TEST(NeverMet, changes_of_any_kind_leave_others_journeys_alone) {
  Count count;
  std::uint64_t seed = 1'000;
  for_all(500, any_what_if(), [&](const WhatIf& what_if) {
    WhatIf first = what_if;  // one change, or hardly anybody would not meet them
    if (first.changes.size() > 1) first.changes.resize(1);
    return check(first, ++seed, count);
  });
  EXPECT_GE(count.journeys, 10);
  EXPECT_GT(count.changed, 500);
}

}  // namespace
}  // namespace sojourn::tests
