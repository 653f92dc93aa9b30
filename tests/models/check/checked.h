#pragma once
// A journey's text, checked.

#include "models/check/check.h"
#include "tests/support/environment.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <tuple>
#include <vector>

namespace sojourn::tests {

struct Checked {
  std::vector<std::string> lines;  // "6:3: error: what (why). Suggestion", by place
  std::vector<models::ExpectedLength> lengths;
};

inline Checked checked(const models::Case& one) {
  models::Diagnostics diagnostics;
  Checked result;
  result.lengths = models::check_journey(one, diagnostics);
  std::vector<models::Diagnostic> list = diagnostics.list();
  std::stable_sort(list.begin(), list.end(), [](const models::Diagnostic& a, const models::Diagnostic& b) {
    return std::tuple(a.mark.line, a.mark.column) < std::tuple(b.mark.line, b.mark.column);
  });
  for (const models::Diagnostic& diagnostic : list) {
    const std::string text = format(diagnostic);
    const std::string name = diagnostic.mark.source ? diagnostic.mark.source->name + ":" : "";
    result.lines.push_back(text.substr(name.size(), text.find('\n') - name.size()));
  }
  return result;
}

inline models::Case read_case(const std::string& journey) {
  return models::build_case(
      models::read_journey(std::make_shared<models::SourceText>(models::SourceText{"journey.yaml", journey})), {});
}

inline Checked checked(const std::string& journey) { return checked(read_case(journey)); }

/// The same with a scenario, whose journey must be called journey.yaml.
inline Checked checked(const std::string& journey, const std::string& scenario) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "journey.yaml") << journey;
  std::ofstream(folder.path() / "scenario.yaml") << scenario;
  const models::ScenarioFile file = models::read_scenario_file((folder.path() / "scenario.yaml").string());
  return checked(models::build_case(models::read_journey_file((folder.path() / "journey.yaml").string()), {&file, 1}));
}

using Lines = std::vector<std::string>;

}  // namespace sojourn::tests
