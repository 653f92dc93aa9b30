// sojourn calibrate: a journey's numbers from a survey's answers.

#include "engine/store/hdf5.h"
#include "engine/store/safe_file.h"
#include "tools/archive/posterior_archive.h"
#include "tools/arguments/common.h"
#include "tools/arguments/survey.h"
#include "tools/command.h"
#include "tools/job/calibrated.h"
#include "tools/job/outputs.h"
#include "tools/job/places.h"
#include "tools/json/calibrate_json.h"
#include "tools/program/errors.h"
#include "tools/program/exit_code.h"
#include "tools/program/interrupt.h"
#include "tools/report/write.h"
#include "tools/terminal/calibrate_page.h"
#include "tools/terminal/page.h"
#include "tools/terminal/text.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

struct CalibrateArguments {
  std::string journey;
  std::optional<std::string> survey, events, held_out, out, posterior, rejected;
  SurveyOptions columns;
  bool suggest = false;
  std::optional<std::uint64_t> draws, journeys, threads;
  std::uint64_t seed = 1;
  OutputPlan outputs;
  bool quiet = false;

  engine::Existing existing() const { return outputs.force ? engine::Existing::replace : engine::Existing::refuse; }
};

CalibrateArguments read(std::span<const std::string> given) {
  CalibrateArguments to;
  Arguments arguments(
      "calibrate",
      "Finds the numbers of a journey under which it answers like a survey: their uncertainty with "
      "them, and checks that fail if "
      "the journey is wrong. Which numbers may move, and what is known of them before, stands in its "
      "section `calibrate:`; without "
      "one it takes what --suggest prints.",
      "  sojourn calibrate journey.yaml --survey answers.csv --suggest\n"
      "  sojourn calibrate journey.yaml --survey 2023.csv --holdout 2024.csv --out calibrated.yaml\n"
      "  sojourn calibrate journey.yaml --survey 2023.csv --out calibrated.yaml --posterior posterior.h5\n");
  arguments.operand(to.journey, "JOURNEY", "the journey whose numbers are to be found");
  arguments.text(to.survey, "--survey", "FILE.csv",
                 "the survey: a row for each answer, or a histogram for each persona and touchpoint");
  arguments.text(
      to.events, "--events", "FILE.csv",
      "an event log: the weights of ways on follow where its cases went, and respondents who are its cases are held "
      "against those who went like them");
  arguments.text(to.held_out, "--holdout", "FILE.csv", "answers that are only looked at: how well they were foretold");
  to.columns.declare(arguments);
  arguments.flag(to.suggest, "--suggest", "prints a section `calibrate:` to begin with, and calibrates nothing");
  arguments.text(to.out, "--out", "FILE.yaml", "the calibrated journey: the same file with other numbers");
  arguments.text(to.posterior, "--posterior", "FILE.h5",
                 "every draw of the numbers, which 'compare --posterior' and ArviZ read");
  arguments.count(to.draws, "--draws", "N", {4, 100'000}, "draws of the posterior from each of four chains (250)");
  arguments.count(to.journeys, "--journeys", "N", {20, 1'000'000},
                  "recorded journeys of each persona (as many as the answers ask for)");
  arguments.count(to.seed, "--seed", "S", {}, "the luck of all customers; the same seed gives the same result (1)");
  arguments.count(to.threads, "--threads", "T", {1, 1024}, "threads to use (all); changes no digit of the result");
  arguments.text(to.rejected, "--rejected", "FILE.csv", "where rows that cannot be read are listed");
  arguments.text(to.outputs.json, "--json", "FILE", "the whole result as JSON; - is standard output");
  arguments.text(to.outputs.report, "--report", "FILE.html",
                 "what was found as one web page, to mail, project and print");
  arguments.choice(to.outputs.language, "--lang", {"en", "de"}, "the language of terminal and page (en)");
  arguments.flag(to.outputs.force, "--force", "replace outputs that exist");
  arguments.flag(to.quiet, "--quiet", "no tables and no notes");
  arguments.read(given);
  if (!to.survey) arguments.refuse("'--survey FILE.csv' says what was answered");
  for (const auto& [option, given_too] : {std::pair("--out", to.out.has_value()),
                                          {"--posterior", to.posterior.has_value()},
                                          {"--json", to.outputs.json.has_value()},
                                          {"--report", to.outputs.report.has_value()}}) {
    if (to.suggest && given_too) {
      arguments.refuse("'--suggest' calibrates nothing, so that '" + std::string(option) + "' has nothing to hold");
    }
  }
  return to;
}

/// Refuses what exists already or cannot be written, and outputs in one place or in that of an input.
void check_places(const CalibrateArguments& arguments) {
  if (arguments.posterior && *arguments.posterior == "-") {
    throw UsageError("'--posterior' needs a file: HDF5 is not written to standard output");
  }
  if (arguments.rejected == "-") throw UsageError("'--rejected' needs a file: its rows are listed as a table");
  Places places(arguments.outputs.inputs);
  if (!arguments.outputs.json_on_stdout()) places.claim("--json", arguments.outputs.json);
  places.claim("--report", arguments.outputs.report);
  places.claim("--out", arguments.out);
  places.claim("--posterior", arguments.posterior);
  places.claim("--rejected", arguments.rejected);
  check_outputs(arguments.outputs);
  const Graceful graceful;
  for (const auto* path : {&arguments.out, &arguments.posterior, &arguments.rejected}) {
    if (*path) engine::check_target(**path, arguments.existing());
  }
}

/// Without the mapping, which is a file.
CalibrationJob job_of(const CalibrateArguments& arguments) {
  CalibrationJob job;
  job.survey = *arguments.survey;
  job.events = arguments.events;
  job.held_out = arguments.held_out;
  job.rejected = arguments.rejected;
  job.bad_rows = arguments.columns.allowed();
  job.draws = arguments.draws;
  job.journeys = arguments.journeys;
  job.seed = arguments.seed;
  job.threads = static_cast<int>(arguments.threads.value_or(0));
  job.suggest = arguments.suggest;
  job.with_text = arguments.out.has_value();
  job.out = arguments.out.value_or("");
  job.existing = arguments.existing();
  return job;
}

void tell_written(const std::string& path, const Console& console) {
  console.say(console.err().say("sojourn: wrote{0}\n", {" " + engine::printable_path(path)}));
}

}  // namespace

int calibrate(std::span<const std::string> given, Console& console) {
  CalibrateArguments arguments = read(given);
  if (arguments.quiet) console.set_talk(Talk::quiet);
  console.speak(arguments.outputs.language);
  CalibrationJob job = job_of(arguments);
  arguments.outputs.inputs = inputs_of(job, arguments.journey);
  if (arguments.columns.mapping) arguments.outputs.inputs.push_back(*arguments.columns.mapping);
  check_places(arguments);
  models::JourneyFile journey = models::read_journey_file(arguments.journey);
  job.mapping = arguments.columns.read();
  Calibrated all = calibrated(job, std::move(journey), console);
  if (arguments.suggest) {
    console.print(all.suggested);
    return exit_code::ok;
  }
  CalibrateResult& result = all.result;
  result.command = "sojourn calibrate";
  for (const std::string& word : given) result.command += " " + shell_word(word);
  if (arguments.posterior) {
    const Graceful graceful;
    engine::write_hdf5(posterior_archive(result), *arguments.posterior, arguments.existing());
    tell_written(*arguments.posterior, console);
  }
  const std::string document = calibrate_json(result);
  if (arguments.outputs.json) write_document(arguments.outputs, document, console);
  if (arguments.outputs.report) write_calibration_report(arguments.outputs, Json::parse(document), "", console);
  if (arguments.out) {
    const Graceful graceful;
    engine::write_file(*arguments.out, arguments.existing(), all.text);
    tell_written(*arguments.out, console);
  }
  if (console.talks() && !arguments.outputs.json_on_stdout()) {
    std::string page = calibrate_page(result, console.out());
    if (arguments.out) {
      const std::string with_posterior =
          arguments.posterior ? " --posterior " + shell_word(*arguments.posterior) : std::string();
      page +=
          heading(console.out(), console.out().say("Next")) +
          next_step(console.out(), "sojourn compare " + shell_word(*arguments.out) + " WHAT-IF.yaml" + with_posterior,
                    console.out().say("says what a change does to the calibrated journey"));
    }
    console.print(page);
  }
  return exit_code::ok;
}

}  // namespace sojourn::tools
