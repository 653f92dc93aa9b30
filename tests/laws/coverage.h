#pragma once
// How often the 95 % intervals of a comparison of scenarios/two_stop hold the exact value, over many seeds.

#include "tests/support/environment.h"
#include "tests/support/figures.h"

#include "models/change/views.h"
#include "models/exact/known_means.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <fstream>
#include <map>
#include <string>

namespace sojourn::tests {

/// Share of seeds 1..`seeds` whose interval, its half-widths times `factor`, holds what is exact, by figure.
inline std::map<std::string, double> coverage(int seeds, std::uint64_t agents, double factor,
                                              models::Estimates estimates = models::Estimates::plain) {
  const auto folder = source_dir() / "scenarios/two_stop";
  std::ifstream file(folder / "expected.json");
  const auto exact = nlohmann::json::parse(file);
  const auto& faster = exact["scenarios"]["faster"];
  const std::map<std::string, double> values = {
      {"0.overall.nps", exact["overall"]["nps"]},
      {"0.overall.satisfaction", exact["overall"]["satisfaction"]},
      {"0.overall.success", exact["overall"]["success"]},
      {"0.overall.satisfaction_sd", exact["overall"]["satisfaction_sd"]},
      {"0.overall.elapsed_hours_p90", exact["overall"]["elapsed_hours_p90"]},
      {"0.touchpoints.ask.satisfaction", exact["touchpoints"]["ask"]["satisfaction"]},
      {"0.touchpoints.collect.experience", exact["touchpoints"]["collect"]["experience"]},
      {"0.personas.hurried.nps", exact["personas"]["hurried"]["nps"]},
      {"1.difference.overall.nps", faster["difference"]["nps"]},
      {"1.difference.overall.satisfaction", faster["difference"]["satisfaction"]},
      {"1.difference.overall.success", faster["difference"]["success"]},
      {"1.difference.personas.hurried.nps", faster["personas"]["hurried"]["nps"]},
      {"1.agents_changed", faster["agents_changed"]},
  };
  const models::JourneyFile journey = models::read_journey_file((folder / "journey.yaml").string());
  const models::ScenarioFile scenario = models::read_scenario_file((folder / "faster.yaml").string());
  const models::Case base = models::build_case(journey, {});
  const models::Case changed = models::build_case(journey, {&scenario, 1});
  models::Experiment experiment({&base, &changed}, estimates);
  models::know_exactly(experiment);
  std::map<std::string, double> shares;
  for (int seed = 1; seed <= seeds; ++seed) {
    const auto figures = all_figures(experiment, agents, static_cast<std::uint64_t>(seed));
    for (const auto& [address, value] : values) {
      const models::Figure& f = figures.at(address);
      const double lo = f.estimate - factor * (f.estimate - f.lo);
      const double hi = f.estimate + factor * (f.hi - f.estimate);
      shares[address] += (lo <= value && value <= hi ? 1.0 : 0.0) / seeds;
    }
  }
  return shares;
}

}  // namespace sojourn::tests
