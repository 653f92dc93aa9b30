#include "tools/job/checked.h"

#include "models/study/plan.h"
#include "models/study/read.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"
#include "tools/archive/posterior_archive.h"

#include <filesystem>

namespace sojourn::tools {
namespace {

using namespace models;

constexpr std::size_t most_checked_sets = 64;

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
  file.problems.append(journey.warnings);
  for (const ScenarioFile& scenario : scenarios) file.problems.append(scenario.warnings);
  const Case built = build_case(journey, scenarios);
  file.problems.append(built.warnings);
  file.lengths = check_journey(built, file.problems);
  const Journey& view = built.views.views.front();
  file.title = built.title;
  file.personas = view.personas.size();
  file.touchpoints = view.touchpoints.size();
  file.outcomes = view.outcomes.size();
}

/// The journey with each set of scenarios, and the points.
void check_study(CheckedFile& file) {
  Study study = read_study_file(file.path);
  std::optional<PosteriorDraws> posterior;
  if (study.posterior) posterior = read_posterior(study.posterior->file);
  const Plan plan(std::move(study), std::move(posterior));
  file.problems.append(plan.warnings());
  for (std::size_t set = 0; set < std::min(plan.sets().size(), most_checked_sets); ++set) {
    const Case built = plan.case_of(plan.point(set));
    Diagnostics found;
    std::vector<ExpectedLength> lengths = check_journey(built, found);
    file.problems.append(found);
    if (set > 0) continue;
    file.lengths = std::move(lengths);
    const Journey& view = built.views.views.front();
    file.personas = view.personas.size();
    file.touchpoints = view.touchpoints.size();
    file.outcomes = view.outcomes.size();
  }
  file.title = plan.study().title;
  file.points = plan.rows();
  file.what_ifs = plan.sets().size() - 1;
  file.replications = plan.study().replications;
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
    case FileKind::study: check_study(file); break;
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
    file.problems.append(error.diagnostics());
  }
  return file;
}

}  // namespace sojourn::tools
