#include "tools/job/inputs.h"

#include "engine/base/sha256.h"
#include "engine/store/format_error.h"
#include "models/check/check.h"
#include "models/text/utf8.h"
#include "tools/job/kind_of_file.h"

#include <algorithm>
#include <set>

namespace sojourn::tools {
namespace {

using namespace models;

FileStamp stamp(const std::string& title, const Source& source) {
  return {title, source->name, engine::sha256(source->text)};
}

/// A result or a posterior where a journey or a scenario belongs, which as text would be a riddle.
void refuse_hdf5(const std::string& path) {
  if (!is_hdf5(path)) return;
  throw engine::FormatError(path, "this is an HDF5 file, neither a journey nor a scenario",
                            "it is a result or a posterior, if sojourn wrote it", "Name the journey's file");
}

void add_stamps(const ScenarioFile& scenario, std::vector<FileStamp>& stamps) {
  for (const ScenarioFile& base : scenario.bases) add_stamps(base, stamps);
  const FileStamp one = stamp_of(scenario);
  const auto same = [&](const FileStamp& other) { return other.file == one.file && other.sha256 == one.sha256; };
  if (std::none_of(stamps.begin(), stamps.end(), same)) stamps.push_back(one);
}

/// What is wrong with a changed journey and not with the journey as it is, said to come of the scenario.
Diagnostics blamed(const Diagnostics& found, const JourneyFile& journey, const std::string& scenario) {
  Diagnostics before;
  check_journey(build_case(journey, {}), before);
  std::set<std::string> known;
  for (const Diagnostic& one : before.list()) known.insert(format(one));
  Diagnostics blamed;
  for (const Diagnostic& one : found.list()) {
    const bool error = one.severity == Diagnostic::Severity::error;
    std::string what = one.what;
    if (error && !known.contains(format(one))) what = "with " + quoted(scenario) + ", " + what;
    if (error) {
      blamed.error(one.mark, what, one.why, one.suggestion);
    } else {
      blamed.warning(one.mark, what, one.why, one.suggestion);
    }
  }
  return blamed;
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
  Case built = build_case(journey, scenarios);
  Diagnostics found;
  check_journey(built, found);
  if (found.has_errors() && !scenarios.empty()) found = blamed(found, journey, built.title);
  found.refuse_if_errors();
  warnings.say(built.warnings);
  warnings.say(found);
  return built;
}

FileStamp stamp_of(const JourneyFile& journey) {
  const Tree* title = journey.tree.find("journey");
  return stamp(title ? title->scalar : std::string(), journey.source);
}

FileStamp stamp_of(const ScenarioFile& scenario) { return stamp(scenario.title, scenario.source); }

std::vector<FileStamp> stamps_of(std::span<const ScenarioFile> scenarios) {
  std::vector<FileStamp> stamps;
  for (const ScenarioFile& scenario : scenarios) add_stamps(scenario, stamps);
  return stamps;
}

}  // namespace sojourn::tools
