#include "tests/support/cases.h"

#include "tests/support/environment.h"
#include "tests/support/random_journey.h"

#include <fstream>

namespace sojourn::tests {
namespace {

/// A folder where `journey.yaml` exists: a scenario's reader wants to see it, build_case is given the journey itself.
std::string scenario_folder() {
  static const TemporaryFolder folder;
  static const bool written = [] {
    std::ofstream(folder.path() / "journey.yaml") << "touchpoints: {}\noutcomes: {}\n";
    return true;
  }();
  return written ? folder.path().string() : "";
}

models::Case build(const models::JourneyFile& file, const std::vector<std::string>& scenarios) {
  std::vector<models::ScenarioFile> files;
  for (const std::string& scenario : scenarios) {
    files.push_back(models::read_scenario(source_of(scenario), scenario_folder()));
  }
  return models::build_case(file, files);
}

}  // namespace

models::Source source_of(const std::string& text) {
  return std::make_shared<models::SourceText>(models::SourceText{"text.yaml", text});
}

models::Case case_of(const std::string& journey, const std::vector<std::string>& scenarios) {
  return build(models::read_journey(source_of(journey)), scenarios);
}

models::Case changed_case(const std::string& journey, const std::vector<std::string>& changes) {
  return changes.empty() ? case_of(journey) : case_of(journey, {scenario_text(changes)});
}

std::vector<std::string> possible(const std::string& journey, const std::vector<std::string>& changes) {
  const models::JourneyFile file = models::read_journey(source_of(journey));
  std::vector<std::string> kept;
  for (const std::string& change : changes) {
    kept.push_back(change);
    try {
      build(file, {scenario_text(kept)});
    } catch (const models::InputError&) {
      kept.pop_back();
    }
  }
  return kept;
}

}  // namespace sojourn::tests
