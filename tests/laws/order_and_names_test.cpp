// Law: the order in which a file lists things, and what it calls them for people, change no number.

#include "tests/support/cases.h"
#include "tests/support/environment.h"
#include "tests/support/figures.h"
#include "tests/support/property.h"
#include "tests/support/rearranged.h"

#include "models/text/tree.h"

namespace sojourn::tests {
namespace {

/// All figures of a journey and of changes of it.
FiguresByAddress figures_of(const std::string& journey, const std::vector<std::string>& changes, std::uint64_t agents) {
  const models::Case base = case_of(journey);
  const models::Case changed = changed_case(journey, changes);
  const models::Experiment experiment({&base, &changed});
  return all_figures(experiment, agents);
}

std::string shipped(const std::string& path) {
  return models::read_source((source_dir() / "scenarios" / path).string())->text;
}

TEST(Order, of_a_file_changes_no_number) {
  std::uint64_t seed = 0;
  int compared = 0;
  for_all(60, any_what_if(), [&](const WhatIf& what_if) -> std::string {
    try {
      const auto expected = figures_of(what_if.journey.text, what_if.changes, 1'200);
      const auto figures = figures_of(rearranged(what_if.journey.text, ++seed), what_if.changes, 1'200);
      ++compared;
      return difference(expected, figures);
    } catch (const models::InputError&) {
      return "";  // somebody is stuck
    }
  });
  EXPECT_GT(compared, 40);
}

TEST(Order, of_the_shipped_journeys_changes_no_number) {
  for (const char* path : {"two_stop/journey.yaml", "santa/journey.yaml", "airport/journey.yaml"}) {
    const std::string journey = shipped(path);
    EXPECT_EQ(difference(figures_of(journey, {}, 3'000), figures_of(rearranged(journey, 1), {}, 3'000)), "") << path;
  }
}

TEST(Order, of_missed_goals_does_not_decide_who_is_satisfied) {
  // 8.5 - 0.2 - 0.4 - 0.9 is 7 or a little less in binary, depending on the order.
  const std::string head =
      "touchpoints: {t: {experience: 8.5, next: {done: 1}}}\n"
      "start: t\n"
      "outcomes: {done: {}}\n"
      "satisfaction: {disconfirmation_weight: 0}\n"
      "personas: {p: {goals: {a: {importance: 0.2}, b: {importance: 0.4}, c: {importance: 0.9}}}}\n";
  const auto first = figures_of(head + "goals: {a: {}, b: {}, c: {}}\n", {}, 10);
  const auto second = figures_of(head + "goals: {c: {}, b: {}, a: {}}\n", {}, 10);
  EXPECT_EQ(first.at("0.overall.satisfied").estimate, second.at("0.overall.satisfied").estimate);
}

TEST(Order, of_lasting_pains_does_not_decide_who_is_satisfied) {
  const std::string head =
      "personas: {p: {}}\n"
      "touchpoints: {t: {experience: 8.5, next: {done: 1},\n"
      "                  pains: {a: {probability: 1}, b: {probability: 1}, c: {probability: 1}}}}\n"
      "start: t\n"
      "outcomes: {done: {}}\n"
      "satisfaction: {disconfirmation_weight: 0}\n";
  const std::string a = "a: {severity: 0, lasting: true, lingering: 0.2}";
  const std::string b = "b: {severity: 0, lasting: true, lingering: 0.4}";
  const std::string c = "c: {severity: 0, lasting: true, lingering: 0.9}";
  const auto first = figures_of(head + "pains: {" + a + ", " + b + ", " + c + "}\n", {}, 10);
  const auto second = figures_of(head + "pains: {" + c + ", " + b + ", " + a + "}\n", {}, 10);
  EXPECT_EQ(first.at("0.overall.satisfied").estimate, second.at("0.overall.satisfied").estimate);
}

TEST(Names, for_people_change_no_number) {
  for_all(30, any_what_if(), [&](const WhatIf& what_if) -> std::string {
    try {
      return difference(figures_of(what_if.journey.text, what_if.changes, 1'200),
                        figures_of(relabelled(what_if.journey.text), what_if.changes, 1'200));
    } catch (const models::InputError&) {
      return "";
    }
  });
}

TEST(Names, in_ids_do_matter) {
  // The law's other side: ids are what randomness is addressed by.
  const auto journey = [](const std::string& id) {
    return "personas: {p: {}}\ntouchpoints: {" + id +
           ": {experience: {uniform: {low: 4, high: 8}}, next: {done: 1}}}\n"
           "start: " +
           id + "\noutcomes: {done: {}}\n";
  };
  EXPECT_NE(figures_of(journey("a"), {}, 1'000).at("0.overall.satisfaction").estimate,
            figures_of(journey("b"), {}, 1'000).at("0.overall.satisfaction").estimate);
}

}  // namespace
}  // namespace sojourn::tests
