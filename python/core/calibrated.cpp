#include "python/core/calibrated.h"

#include "engine/store/hdf5.h"
#include "python/core/interruptible.h"
#include "tools/archive/posterior_archive.h"
#include "tools/arguments/survey.h"
#include "tools/job/calibrated.h"
#include "tools/job/places.h"
#include "tools/json/calibrate_json.h"
#include "tools/program/errors.h"
#include "tools/program/interrupt.h"
#include "tools/terminal/text.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <mutex>

namespace sojourn::python {
namespace {

tools::SurveyOptions columns_of(const CalibrationOptions& options) {
  tools::SurveyOptions to;
  to.mapping = options.mapping;
  to.bad_rows = options.bad_rows;
  for (std::size_t i = 0; i < to.roles.size(); ++i) {
    const auto named = options.columns.find(to.roles[i]);
    if (named != options.columns.end()) to.columns[i] = named->second;
  }
  return to;
}

tools::CalibrationJob job_of(const CalibrationOptions& options) {
  tools::CalibrationJob job;
  job.survey = options.survey;
  job.events = options.events;
  job.held_out = options.holdout;
  job.bad_rows = tools::bad_rows_of(options.bad_rows);
  job.draws = options.draws;
  job.journeys = options.journeys;
  job.seed = options.seed;
  job.threads = static_cast<int>(options.threads.value_or(0));
  job.with_text = true;
  job.out = options.out.value_or("");
  job.existing = options.force ? engine::Existing::replace : engine::Existing::refuse;
  return job;
}

/// Refuses what exists already or cannot be written, and outputs in one place or in that of an input.
void check_places(const CalibrationOptions& options, const tools::CalibrationJob& job, const std::string& journey) {
  std::vector<std::string> inputs = tools::inputs_of(job, journey);
  if (options.mapping) inputs.push_back(*options.mapping);
  std::erase(inputs, "");  // a journey that came from no file
  tools::Places places(inputs);
  places.claim("out", options.out);
  places.claim("posterior", options.posterior);
  for (const auto* path : {&options.out, &options.posterior}) {
    if (*path) engine::check_target(**path, job.existing);
  }
}

/// The program's command for the same.
std::string command_of(const CalibrationOptions& options, const std::string& journey) {
  std::string command = "sojourn calibrate " + tools::shell_word(journey);
  const auto add = [&](const std::string& option, const std::string& value) {
    command += " --" + option + " " + tools::shell_word(value);
  };
  add("survey", options.survey);
  for (const auto& [option, value] : {std::pair("events", &options.events),
                                      {"holdout", &options.holdout},
                                      {"mapping", &options.mapping},
                                      {"out", &options.out},
                                      {"posterior", &options.posterior},
                                      {"bad-rows", &options.bad_rows}}) {
    if (*value) add(option, **value);
  }
  for (const auto& [role, column] : options.columns) add(role + "-column", column);
  for (const auto& [option, value] :
       {std::pair("draws", options.draws), {"journeys", options.journeys}, {"threads", options.threads}}) {
    if (value) add(option, std::to_string(*value));
  }
  return command + " --seed " + std::to_string(options.seed) + (options.force ? " --force" : "");
}

/// One at a time: what stops one stops all that are under way.
template <class Work>
auto alone(Work work) {
  static std::mutex one;
  std::atomic<bool> begun{false};
  return interruptible(
      [&](const std::atomic<bool>& wanted) {
        const std::lock_guard only(one);
        begun = true;
        struct Forget {
          ~Forget() { tools::ask_to_stop(0); }
        } const afterwards;
        if (!wanted) throw tools::Stopped{SIGINT};
        return work();
      },
      [&] {
        if (begun) tools::ask_to_stop(SIGINT);
      });
}

}  // namespace

Calibration calibrate(const Journey& journey, const CalibrationOptions& options) {
  const models::JourneyFile& file = *journey.read().journey;
  return alone([&] {
    tools::CalibrationJob job = job_of(options);
    check_places(options, job, file.canonical);
    job.mapping = columns_of(options).read();
    tools::Console console;
    console.set_talk(tools::Talk::quiet);
    tools::Calibrated found = tools::calibrated(job, file, console);
    found.result.command = command_of(options, file.source->name);
    if (options.posterior) {
      engine::write_hdf5(tools::posterior_archive(found.result), *options.posterior, job.existing);
    }
    if (options.out) engine::write_file(*options.out, job.existing, found.text);
    return Calibration{tools::calibrate_json(found.result), std::move(found.text)};
  });
}

}  // namespace sojourn::python
