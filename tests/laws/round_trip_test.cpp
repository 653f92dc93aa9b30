// Law: a journey that is written and read again is the same journey; and a changed journey that is printed and read
// walks as the scenario does.

#include "tests/support/cases.h"
#include "tests/support/environment.h"
#include "tests/support/figures.h"
#include "tests/support/property.h"

#include "models/journey/fields.h"
#include "models/journey/read.h"
#include "models/journey/write.h"

#include <filesystem>

namespace sojourn::tests {
namespace {

FiguresByAddress figures_of(const models::Case& one) {
  const models::Experiment experiment({&one});
  return all_figures(experiment, 600);
}

/// What is lost in a round trip through both kinds of text.
std::string lost(const std::string& journey) {
  const models::Tree tree = models::read_journey(source_of(journey)).tree;
  const std::string yaml = models::to_yaml(tree);
  if (!models::same_text(models::read_journey(source_of(yaml)).tree, tree)) return "YAML is not the same:\n" + yaml;
  if (models::to_yaml(models::read_journey(source_of(yaml)).tree) != yaml)
    return "YAML changes when written twice:\n" + yaml;
  const auto expected = figures_of(case_of(journey));
  std::string broken = difference(expected, figures_of(case_of(yaml)));
  if (!broken.empty()) return "from YAML: " + broken;
  broken = difference(expected, figures_of(case_of(models::to_json(tree, models::journey_record()))));
  return broken.empty() ? "" : "from JSON: " + broken;
}

TEST(RoundTrip, of_random_journeys) {
  for_all(80, any_journey(), [](const RandomJourney& journey) { return lost(journey.text); });
}

TEST(RoundTrip, of_the_shipped_journeys) {
  int journeys = 0;
  for (const auto& folder : std::filesystem::directory_iterator(source_dir() / "scenarios")) {
    const auto path = folder.path() / "journey.yaml";
    if (!std::filesystem::exists(path)) continue;
    EXPECT_EQ(lost(models::read_source(path.string())->text), "") << path;
    ++journeys;
  }
  EXPECT_GE(journeys, 3);
}

TEST(RoundTrip, of_changed_journeys) {
  int compared = 0;
  for_all(120, any_what_if(), [&](const WhatIf& what_if) -> std::string {
    const models::Case changed = changed_case(what_if.journey.text, what_if.changes);
    if (changed.trees.size() != 1) return "";  // several personas' views are not one file
    try {
      ++compared;
      return difference(figures_of(changed), figures_of(case_of(models::to_yaml(changed.trees.front()))));
    } catch (const models::InputError& error) {
      const std::string text = error.what();
      return text.find("is stuck") != std::string::npos ? "" : text;
    }
  });
  EXPECT_GT(compared, 40);
}

}  // namespace
}  // namespace sojourn::tests
