// Law: what is compared with itself does not differ: every difference is exactly 0, with no error.

#include "tests/support/cases.h"
#include "tests/support/figures.h"
#include "tests/support/property.h"

#include <fmt/format.h>

namespace sojourn::tests {
namespace {

/// The first difference figure that exists and is not 0 and certain.
std::string not_nothing(const FiguresByAddress& figures) {
  for (const auto& [address, figure] : figures) {
    if (!address.starts_with("1.")) continue;
    const bool is_difference =
        address.starts_with("1.difference.") && !address.ends_with(".agents") && !address.ends_with(".share");
    const bool unpaired = address.ends_with("_p50") || address.ends_with("_p90") || address.ends_with("_sd");
    const bool is_flip = address.starts_with("1.flips.") && address[8] != address[10];
    if (!is_difference && !is_flip && !address.starts_with("1.by_first_change.") && address != "1.agents_changed")
      continue;
    const bool nothing = figure.estimate == 0 || figure.estimate != figure.estimate;
    const bool certain = figure.se == 0 || figure.se != figure.se || unpaired;
    if (!nothing || !certain) return fmt::format("{} is {} with an error of {}", address, figure.estimate, figure.se);
  }
  return "";
}

TEST(SameCase, a_journey_does_not_differ_from_itself) {
  for_all(40, any_journey(), [](const RandomJourney& journey) {
    const models::Case base = case_of(journey.text);
    const models::Case same = case_of(journey.text);
    const models::Experiment experiment({&base, &same});
    return not_nothing(all_figures(experiment, 1'500));
  });
}

TEST(SameCase, a_scenario_does_not_differ_from_itself_beside_another) {
  // The same scenario twice: both differ from the base, and by the same bits.
  for_all(25, any_what_if(), [](const WhatIf& what_if) -> std::string {
    const models::Case base = case_of(what_if.journey.text);
    const models::Case changed = changed_case(what_if.journey.text, what_if.changes);
    const models::Experiment experiment({&base, &changed, &changed});
    try {
      FiguresByAddress first, second;
      for (auto& [address, figure] : all_figures(experiment, 1'500)) {
        if (address.starts_with("1.")) first[address.substr(2)] = figure;
        if (address.starts_with("2.")) second[address.substr(2)] = figure;
      }
      return difference(first, second);
    } catch (const models::InputError&) {
      return "";
    }
  });
}

TEST(SameCase, a_change_is_seen) {
  const std::string journey =
      "journey: One step\npersonas: {p: {}}\ntouchpoints: {a: {experience: 6, next: {done: 1}}}\nstart: a\n"
      "outcomes: {done: {}}\n";
  const models::Case base = case_of(journey);
  const models::Case changed = changed_case(journey, {"{set: touchpoints.a.experience, to: 6.000001}"});
  const models::Experiment experiment({&base, &changed});
  EXPECT_NE(not_nothing(all_figures(experiment, 100)), "");
}

}  // namespace
}  // namespace sojourn::tests
