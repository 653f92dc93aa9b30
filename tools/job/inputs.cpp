#include "tools/job/inputs.h"

#include "engine/store/format_error.h"
#include "models/ask/checked_case.h"
#include "tools/job/kind_of_file.h"

namespace sojourn::tools {
namespace {

using namespace models;

/// A result or a posterior where a journey or a scenario belongs, which as text would be a riddle.
void refuse_hdf5(const std::string& path) {
  if (!is_hdf5(path)) return;
  throw engine::FormatError(path, "this is an HDF5 file, neither a journey nor a scenario",
                            "it is a result or a posterior, if sojourn wrote it", "Name the journey's file");
}

}  // namespace

void Warnings::say(const Diagnostics& diagnostics) {
  Diagnostics fresh;
  for (const Diagnostic& one : diagnostics.list()) {
    if (one.severity != Diagnostic::Severity::warning) continue;
    if (said_.insert(format(one)).second) fresh.warning(one.mark, one.what, one.why, one.suggestion);
  }
  if (!fresh.list().empty()) console_.say(fresh.format());
}

bool Mistakes::collect(const std::function<void()>& reading) {
  try {
    reading();
    return true;
  } catch (const InputError& error) {
    kept_.push_back(error);
    return false;
  }
}

void Mistakes::refuse_if_any() const {
  if (kept_.size() == 1) throw InputError(kept_.front());
  Diagnostics all;
  for (const InputError& error : kept_) {
    for (const Diagnostic& one : error.diagnostics().list()) {
      if (one.severity == Diagnostic::Severity::error) {
        all.error(one.mark, one.what, one.why, one.suggestion);
      } else {
        all.warning(one.mark, one.what, one.why, one.suggestion);
      }
    }
  }
  all.refuse_if_errors();
}

Inputs read_inputs(const std::string& journey, const std::vector<std::string>& scenarios, Warnings& warnings) {
  refuse_hdf5(journey);
  for (const std::string& scenario : scenarios) refuse_hdf5(scenario);
  Inputs inputs;
  Mistakes mistakes;
  mistakes.collect([&] { inputs.journey = read_journey_file(journey); });
  for (const std::string& scenario : scenarios) {
    mistakes.collect([&] { inputs.scenarios.push_back(read_scenario_file(scenario)); });
  }
  mistakes.refuse_if_any();
  warnings.say(inputs.journey.warnings);
  for (const ScenarioFile& scenario : inputs.scenarios) warnings.say(scenario.warnings);
  return inputs;
}

Case checked_case(const JourneyFile& journey, std::span<const ScenarioFile> scenarios, Warnings& warnings) {
  Case built = models::checked_case(journey, scenarios);
  warnings.say(built.warnings);
  return built;
}

}  // namespace sojourn::tools
