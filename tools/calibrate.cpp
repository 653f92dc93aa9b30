// sojourn calibrate: a journey's numbers from a survey's answers.

#include "engine/base/sha256.h"
#include "engine/store/hdf5.h"
#include "engine/store/safe_file.h"
#include "models/calibrate/calibration.h"
#include "models/calibrate/suggestion.h"
#include "models/calibrate/transitions.h"
#include "models/data/events.h"
#include "models/journey/address.h"
#include "models/journey/edit_text.h"
#include "models/learn/four_digits.h"
#include "models/text/number.h"
#include "models/text/utf8.h"
#include "tools/arguments/common.h"
#include "tools/arguments/survey.h"
#include "tools/command.h"
#include "tools/job/inputs.h"
#include "tools/job/outputs.h"
#include "tools/job/places.h"
#include "tools/job/rejected.h"
#include "tools/output/calibrate_json.h"
#include "tools/output/posterior_archive.h"
#include "tools/program/errors.h"
#include "tools/program/exit_code.h"
#include "tools/program/interrupt.h"
#include "tools/program/version.h"
#include "tools/report/write.h"
#include "tools/terminal/calibrate_page.h"
#include "tools/terminal/page.h"
#include "tools/terminal/progress.h"
#include "tools/terminal/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>

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

models::Answers read_answers(const std::string& path, const models::Mapping& mapping, const models::Journey& journey,
                             models::BadRows allowed, RejectedFile& file, std::uint64_t& rejected) {
  const Graceful graceful;
  models::Rejects rejects = file.of(path);
  models::Answers answers = models::collect_answers(path, mapping, journey, allowed, rejects);
  throw_if_stopped();
  rejected = rejects.rejected();
  file.refuse_if_too_many(rejects, allowed, path);
  if (answers.cells.empty()) {
    models::Diagnostics problem;
    const bool weightless = !answers.respondents.empty();
    problem.error(models::Mark{std::make_shared<const models::SourceText>(models::SourceText{path, {}})},
                  weightless ? "every row with a score has the weight 0" : "no row has a score",
                  "there is nothing to calibrate to",
                  weightless ? "Say which column holds the weights with --weight-column"
                             : "Say which column it is with --score-column");
    throw models::InputError(std::move(problem));
  }
  return answers;
}

/// Where the cases of an event log went, on the journey's ways, and the paths of those of `cases`.
models::Transitions read_transitions(const std::string& path, const models::Mapping& mapping,
                                     const models::JourneyFile& journey, std::span<const std::string> cases,
                                     models::BadRows allowed, RejectedFile& file) {
  const Graceful graceful;
  const auto source = std::make_shared<const models::SourceText>(models::SourceText{path, {}});
  models::Rejects rejects = file.of(path);
  models::EventCollector collector(cases);
  models::read_events(path, mapping, rejects, [&](const models::EventRow& row) {
    throw_if_stopped();
    collector.add(row);
  });
  file.refuse_if_too_many(rejects, allowed, path);
  return models::count_transitions(collector.finish(), source, journey, mapping);
}

/// The journey with the weights of the choices that the log decides: means of what is known of them then.
CalibratedWays with_transitions(models::JourneyFile& journey, const models::Transitions& transitions) {
  constexpr double kConcentration = 2;  // visits; where the file says none
  const models::Tree* section = journey.tree.find("calibrate");
  const models::Tree* said = section ? section->find("transitions") : nullptr;
  CalibratedWays ways;
  ways.steps = transitions.steps;
  ways.concentration = said ? *models::read_number(said->find("concentration")->scalar) : kConcentration;
  for (const models::Choice& choice : transitions.choices) {
    double count = choice.ends;
    for (const models::CountedWay& way : choice.ways) count += way.count;
    if (count == 0 || choice.ways.size() < 2) continue;
    if (choice.not_used != models::NotUsed::no) {
      ways.not_used.emplace_back(choice.address, std::string(models::reason_of(choice.not_used)));
      continue;
    }
    const std::vector<double> means = models::posterior_mean(choice, ways.concentration);
    for (std::size_t i = 0; i < means.size(); ++i) {
      ways.weights.push_back({choice.ways[i].address, choice.ways[i].present, means[i], choice.ways[i].count});
      models::set_number(journey.tree, choice.ways[i].address, means[i]);
    }
  }
  for (const models::Stray& stray : transitions.strays) ways.strays.push_back({stray.from, stray.to, stray.count});
  return ways;
}

/// Tells the answers which paths their respondents came by. `paths` [number of the case].
void join(models::Answers& answers, models::Interned& cases, const std::vector<std::vector<std::uint32_t>>& paths) {
  for (const std::string& id : answers.cases) {
    const std::uint32_t number = cases.number(id);
    answers.paths.push_back(number < paths.size() ? paths[number] : std::vector<std::uint32_t>());
  }
}

/// The journey with a section `calibrate:`: its own, or what is suggested.
models::JourneyFile with_parameters(models::JourneyFile journey, const models::Answers& answers,
                                    const Console& console) {
  const models::Tree* section = journey.tree.find("calibrate");
  if (section && section->find("parameters")) return journey;
  if (section) {
    models::Diagnostics problem;
    problem.error(section->mark, "calibrate: no parameters are named", "nothing may move",
                  "Name some under `parameters:`, or take the section out and see --suggest");
    throw models::InputError(std::move(problem));
  }
  std::string text = journey.source->text;
  if (!text.ends_with('\n')) text += '\n';
  text += "\n" + models::suggest_parameters(journey, answers);
  console.say(console.err().say("sojourn: the journey has no section calibrate: what --suggest prints is used\n"));
  models::JourneyFile extended =
      models::read_journey(std::make_shared<const models::SourceText>(models::SourceText{journey.source->name, text}));
  extended.canonical = journey.canonical;
  return extended;
}

/// To so many digits that rounding is far below the error, and the file can be read.
double written(double value, double sd) {
  if (!(sd > 0) || value == 0) return value;
  const double unit = std::pow(10.0, std::floor(std::log10(sd)) - 2);
  return std::round(value / unit) * unit;
}

/// The file's text with other values. Throws InputError where one has no place.
std::string placed(const models::Source& source, const models::Tree& tree,
                   const std::vector<std::pair<std::string, double>>& values) {
  std::string unwritten;
  const std::optional<std::string> text = models::with_values(source, tree, values, unwritten);
  if (!text) {
    models::Diagnostics problem;
    problem.error(models::Mark{source}, "the file does not write " + models::quoted(unwritten) + " itself",
                  "there is no place for its calibrated value", "Write it with its present value");
    throw models::InputError(std::move(problem));
  }
  return *text;
}

/// `tree`: as the file has it, before an event log changed its weights.
std::string calibrated_text(const models::JourneyFile& journey, const models::Tree& tree,
                            const CalibrateResult& result) {
  const models::Calibration& calibration = result.calibration;
  const std::string& survey = result.survey.file;
  std::vector<std::pair<std::string, double>> values;
  if (result.ways) {
    for (const CalibratedWays::Weight& one : result.ways->weights) {
      const bool calibrated = std::ranges::find(calibration.addresses, one.address) != calibration.addresses.end();
      if (!calibrated) values.emplace_back(one.address, models::four_digits(one.estimate));
    }
  }
  for (std::size_t i = 0; i < calibration.addresses.size(); ++i) {
    values.emplace_back(calibration.addresses[i],
                        written(calibration.posterior.parameters[i].estimate, calibration.posterior.parameters[i].sd));
  }
  const std::string text =
      "# The numbers named under `calibrate:` are the means of what sojourn calibrate found from " + survey + ".\n" +
      placed(journey.source, tree, values);
  // What cannot be read again is not written.
  models::build_case(
      models::read_journey(std::make_shared<const models::SourceText>(models::SourceText{result.out, text})), {});
  return text;
}

}  // namespace

int calibrate(std::span<const std::string> given, Console& console) {
  CalibrateArguments arguments = read(given);
  if (arguments.quiet) console.set_talk(Talk::quiet);
  console.speak(arguments.outputs.language);
  arguments.outputs.inputs = {arguments.journey, *arguments.survey};
  if (arguments.held_out) arguments.outputs.inputs.push_back(*arguments.held_out);
  if (arguments.events) arguments.outputs.inputs.push_back(*arguments.events);
  if (arguments.columns.mapping) arguments.outputs.inputs.push_back(*arguments.columns.mapping);
  check_places(arguments);
  Warnings warnings(console);
  models::JourneyFile journey = models::read_journey_file(arguments.journey);
  warnings.say(journey.warnings);
  const models::Case as_it_is = checked_case(journey, {}, warnings);
  const models::Journey typed = models::typed_journey(journey.tree);
  const models::Mapping mapping = arguments.columns.read();
  RejectedFile rejected(arguments.rejected, arguments.existing());
  CalibrateResult result;
  std::uint64_t rejected_held_out = 0;
  models::Answers answers =
      read_answers(*arguments.survey, mapping, typed, arguments.columns.allowed(), rejected, result.rejected);
  std::optional<models::Answers> held_out;
  if (arguments.held_out) {
    held_out =
        read_answers(*arguments.held_out, mapping, typed, arguments.columns.allowed(), rejected, rejected_held_out);
    models::share_periods(answers, *held_out);
  }
  if (arguments.suggest || !arguments.events) rejected.commit();
  if (arguments.suggest) {
    console.print(models::suggest_parameters(journey, answers));
    return exit_code::ok;
  }

  result.journey = stamp_of(journey);  // of the file, without what is suggested
  journey = with_parameters(std::move(journey), answers, console);
  const models::Tree as_written = journey.tree;
  if (arguments.events) {
    models::Interned cases;
    for (const std::string& id : answers.cases) cases.number(id);
    if (held_out) {
      for (const std::string& id : held_out->cases) cases.number(id);
    }
    const models::Transitions transitions =
        read_transitions(*arguments.events, mapping, journey, cases.texts(), arguments.columns.allowed(), rejected);
    result.ways = with_transitions(journey, transitions);
    result.ways->file = *arguments.events;
    join(answers, cases, transitions.paths);
    if (held_out) join(*held_out, cases, transitions.paths);
    rejected.commit();
  }
  const std::vector<models::CalibrationParameter> parameters = models::parameters_of(journey);
  if (parameters.empty()) {
    models::Diagnostics problem;
    problem.error(models::Mark{journey.source}, "calibrate: no parameters are named", "nothing may move",
                  "Name some under `parameters:`, or take the section out and see --suggest");
    throw models::InputError(std::move(problem));
  }
  if (arguments.out) {  // known before the long work
    std::vector<std::pair<std::string, double>> values;
    for (const models::CalibrationParameter& one : parameters) values.emplace_back(one.address(), one.value);
    placed(journey.source, as_written, values);
  }
  models::CalibrationPlan plan;
  plan.seed = arguments.seed;
  plan.threads = static_cast<int>(arguments.threads.value_or(0));
  plan.journeys = static_cast<std::uint32_t>(arguments.journeys.value_or(0));
  if (arguments.draws) plan.posterior.draws = static_cast<int>(*arguments.draws);
  {
    const Graceful graceful;
    Progress progress(console, "{0} of {1} per cent");
    std::optional<models::Calibration> found = models::calibrate(
        journey, parameters, answers, held_out ? &*held_out : nullptr, plan, [&](std::string_view what, double share) {
          // Draws are nearly all of the time.
          if (what == "posterior") progress.show(static_cast<std::uint64_t>(100 * share), 100);
          return stop_signal() == 0;
        });
    if (!found) throw Stopped{stop_signal()};
    result.calibration = std::move(*found);
  }
  warnings.say(result.calibration.warnings);
  result.program = program_name();
  result.command = "sojourn calibrate";
  for (const std::string& word : given) result.command += " " + shell_word(word);
  result.names = models::Experiment({&as_it_is}, models::Estimates::plain).names();
  result.out = arguments.out.value_or("");
  result.survey = {"", *arguments.survey, engine::sha256(models::read_source(*arguments.survey)->text)};
  if (held_out)
    result.held_out =
        models::FileStamp{"", *arguments.held_out, engine::sha256(models::read_source(*arguments.held_out)->text)};
  result.seed = arguments.seed;
  result.blank = answers.blank;
  for (const models::Persona& one : typed.personas) result.personas.push_back(one.id);
  for (const models::Touchpoint& one : typed.touchpoints) result.touchpoints.push_back(one.id);
  result.periods = answers.periods;
  if (arguments.posterior) {
    const Graceful graceful;
    engine::write_hdf5(posterior_archive(result), *arguments.posterior, arguments.existing());
    console.say(console.err().say("sojourn: wrote{0}\n", {" " + engine::printable_path(*arguments.posterior)}));
  }
  const std::string text = arguments.out ? calibrated_text(journey, as_written, result) : std::string();
  if (arguments.out) result.out_sha256 = engine::sha256(text);
  const std::string document = calibrate_json(result);
  if (arguments.outputs.json) write_document(arguments.outputs, document, console);
  if (arguments.outputs.report) write_calibration_report(arguments.outputs, Json::parse(document), "", console);
  if (arguments.out) {
    const Graceful graceful;
    engine::write_file(*arguments.out, arguments.existing(), text);
    console.say(console.err().say("sojourn: wrote{0}\n", {" " + engine::printable_path(*arguments.out)}));
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
