#pragma once
// What the layers above the text answer to a hostile file: a journey is read and its overrides are applied, a scenario is
// applied to its journey.

#include "models/change/views.h"
#include "tests/hostile/answer.h"

namespace sojourn::tests {

/// Warnings are not complaints.
inline Answer answer_of_meaning(const std::filesystem::path& path) {
  Answer answer;
  try {
    if (models::kind_of(models::read_source(path.string())) == models::FileKind::scenario) {
      const models::ScenarioFile scenario = models::read_scenario_file(path.string());
      models::build_case(models::read_journey_file(scenario.journey_canonical), {&scenario, 1});
    } else {
      models::build_case(models::read_journey_file(path.string()), {});
    }
  } catch (const models::InputError& error) {
    answer.exit = 65;
    answer.text = error.what();
    std::vector<models::Diagnostic> list = error.diagnostics().list();
    std::erase_if(list,
                  [](const models::Diagnostic& one) { return one.severity == models::Diagnostic::Severity::warning; });
    std::stable_sort(list.begin(), list.end(), [](const models::Diagnostic& a, const models::Diagnostic& b) {
      return std::pair(a.mark.line, a.mark.column) < std::pair(b.mark.line, b.mark.column);
    });
    for (const models::Diagnostic& diagnostic : list) answer.complaints.push_back(complaint(diagnostic));
  } catch (const models::MissingFile& error) {
    answer.exit = 66;
    answer.text = error.what();
  }
  return answer;
}

}  // namespace sojourn::tests
