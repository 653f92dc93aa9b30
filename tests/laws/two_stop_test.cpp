// Law: scenarios/two_stop comes to what its README derives by hand. Every number of expected.json, 465 of them, against one
// comparison of 1,000,000 agents with a fixed seed, at |z| <= 6: false alarms in 1e-6 of all seeds (Bonferroni).

#include "tests/support/environment.h"
#include "tests/support/figures.h"
#include "tests/support/statistics.h"

#include "models/change/views.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace sojourn::tests {
namespace {

constexpr std::uint64_t kAgents = 1'000'000;

std::filesystem::path folder() { return source_dir() / "scenarios/two_stop"; }

/// `scenarios.faster.difference.nps` and so on, and its number.
std::map<std::string, double> flat(const nlohmann::json& json, const std::string& at = "") {
  if (json.is_number()) return {{at, json.get<double>()}};
  std::map<std::string, double> all;
  for (const auto& [key, value] : json.items()) all.merge(flat(value, at.empty() ? key : at + "." + key));
  return all;
}

/// The name of an expected number among all figures of the comparison.
std::string address_of(std::string name) {
  const std::string scenario = "scenarios.faster.";
  if (!name.starts_with(scenario)) return "0." + name;
  name = name.substr(scenario.size());
  if (name.starts_with("result.")) return "1." + name.substr(7);
  if (name.starts_with("difference.")) return "1.difference.overall." + name.substr(11);
  if (name.starts_with("personas.")) return "1.difference." + name;
  return "1." + name;
}

std::map<std::string, double> expected() {
  std::ifstream file(folder() / "expected.json");
  return flat(nlohmann::json::parse(file));
}

FiguresByAddress simulated(const models::Case& base, const models::Case& faster) {
  const models::Experiment experiment({&base, &faster});
  return all_figures(experiment, kAgents);
}

TEST(TwoStop, comes_to_what_was_worked_out_by_hand) {
  const models::JourneyFile journey = models::read_journey_file((folder() / "journey.yaml").string());
  const models::ScenarioFile scenario = models::read_scenario_file((folder() / "faster.yaml").string());
  const models::Case base = models::build_case(journey, {});
  const models::Case faster = models::build_case(journey, {&scenario, 1});
  const auto figures = simulated(base, faster);
  const auto exact = expected();
  EXPECT_EQ(exact.size(), 465U);
  int chancy = 0;
  double squares = 0;
  for (const auto& [name, value] : exact) {
    const auto found = figures.find(address_of(name));
    ASSERT_NE(found, figures.end()) << name;
    const double z = z_of(found->second, value);
    EXPECT_LE(std::abs(z), kAlarm) << name << ": " << found->second.estimate << " +- " << found->second.se
                                   << ", exactly " << value;
    if (!(found->second.se > 0)) continue;
    ++chancy;
    squares += z * z;
  }
  // They are far from independent, but standard errors that are much too large or too small would show here.
  EXPECT_GT(chancy, 300);
  EXPECT_GT(squares / chancy, 0.3);
  EXPECT_LT(squares / chancy, 3.0);
}

TEST(TwoStop, a_small_error_is_seen_in_many_figures) {
  // Planted: who comes back comes back with a weight of 0.22 instead of 0.2.
  models::JourneyFile journey = models::read_journey_file((folder() / "journey.yaml").string());
  journey.tree.find("touchpoints")->find("ask")->find("next")->find("ask")->find("weight")->scalar = "0.22";
  const models::ScenarioFile scenario = models::read_scenario_file((folder() / "faster.yaml").string());
  const models::Case base = models::build_case(journey, {});
  const models::Case faster = models::build_case(journey, {&scenario, 1});
  const auto figures = simulated(base, faster);
  int alarms = 0;
  for (const auto& [name, value] : expected()) alarms += std::abs(z_of(figures.at(address_of(name)), value)) > kAlarm;
  EXPECT_GT(alarms, 50);
}

}  // namespace
}  // namespace sojourn::tests
