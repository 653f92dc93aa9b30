#include "tools/job/checked.h"

#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <filesystem>

namespace sojourn::tools {
namespace {

using namespace models;

void append(const Diagnostics& from, Diagnostics& to) {
  for (const Diagnostic& one : from.list()) {
    if (one.severity == Diagnostic::Severity::error) {
      to.error(one.mark, one.what, one.why, one.suggestion);
    } else {
      to.warning(one.mark, one.what, one.why, one.suggestion);
    }
  }
}

/// What a file without the keys of any kind could be meant as.
void refuse_unknown(const Source& source, Diagnostics& problems) {
  const Tree tree = parse_tree(source, problems);
  if (problems.has_errors()) return;
  std::string suggestion;
  for (const Tree::Entry& entry : tree.entries) {
    const std::string_view near = nearest(entry.key, {"touchpoints", "personas", "scenario", "changes"});
    if (near.empty() || near == entry.key) continue;
    suggestion = "Did you mean '" + std::string(near) + "' by " + models::quoted(entry.key) + "?";
    break;
  }
  if (tree.find("changes")) suggestion = "It could be a scenario whose title ('scenario: ...') is missing";
  if (suggestion.empty()) suggestion = "Start one from the examples in scenarios/";
  problems.error(
      {source, 0, 0, 1}, "this is neither a journey nor a scenario",
      "a journey has 'personas', 'touchpoints' and 'outcomes', a scenario has 'scenario', 'journey' and 'changes'",
      suggestion);
}

/// A scenario's journey as near to how the user wrote it as it can be said.
std::string journey_path(const ScenarioFile& scenario) {
  const ScenarioFile& lowest = scenario.bases.empty() ? scenario : scenario.bases.front();
  const std::filesystem::path folder = std::filesystem::path(lowest.source->name).parent_path();
  return (folder / lowest.journey).lexically_normal().string();
}

void check_case(const JourneyFile& journey, std::span<const ScenarioFile> scenarios, CheckedFile& file) {
  append(journey.warnings, file.problems);
  for (const ScenarioFile& scenario : scenarios) append(scenario.warnings, file.problems);
  const Case built = build_case(journey, scenarios);
  append(built.warnings, file.problems);
  file.lengths = check_journey(built, file.problems);
  const Journey& view = built.views.views.front();
  file.title = built.title;
  file.personas = view.personas.size();
  file.touchpoints = view.touchpoints.size();
  file.outcomes = view.outcomes.size();
}

void look_into(CheckedFile& file) {
  const Source source = read_source(file.path);
  file.kind = kind_of(source);
  switch (file.kind) {
    case FileKind::journey: check_case(read_journey_file(file.path), {}, file); break;
    case FileKind::scenario: {
      const ScenarioFile scenario = read_scenario_file(file.path);
      check_case(read_journey_file(journey_path(scenario)), {&scenario, 1}, file);
      break;
    }
    case FileKind::study:
      file.problems.error({source, 0, 0, 1}, "this is a study, which this version does not know", {},
                          "Check its journey and its scenarios");
      break;
    case FileKind::unknown: refuse_unknown(source, file.problems); break;
  }
}

}  // namespace

CheckedFile check_file(const std::string& path) {
  CheckedFile file;
  file.path = path;
  try {
    look_into(file);
  } catch (const MissingFile& error) {
    file.missing = error.what();
  } catch (const InputError& error) {
    append(error.diagnostics(), file.problems);
  }
  return file;
}

}  // namespace sojourn::tools
