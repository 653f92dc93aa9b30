#include "tools/job/calibrated.h"

#include "engine/base/sha256.h"
#include "engine/store/hdf5.h"
#include "models/calibrate/calibration.h"
#include "models/calibrate/suggestion.h"
#include "models/data/events.h"
#include "models/journey/address.h"
#include "models/journey/edit_text.h"
#include "models/learn/four_digits.h"
#include "models/survey/transitions.h"
#include "models/text/number.h"
#include "models/text/utf8.h"
#include "tools/archive/posterior_archive.h"
#include "tools/job/rejected.h"
#include "tools/program/errors.h"
#include "tools/program/interrupt.h"
#include "tools/program/version.h"
#include "tools/terminal/progress.h"

#include <algorithm>
#include <cmath>

namespace sojourn::tools {
namespace {

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

/// `tree`: as the file has it, before an event log changed its weights. `name`: of the file that it becomes.
std::string calibrated_text(const models::JourneyFile& journey, const models::Tree& tree, const CalibrateResult& result,
                            const std::string& name) {
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
  models::build_case(models::read_journey(std::make_shared<const models::SourceText>(models::SourceText{name, text})),
                     {});
  return text;
}

/// What a survey says, and another that is only looked at.
struct Surveys {
  models::Answers answers;
  std::optional<models::Answers> held_out;
};

Surveys read_surveys(const CalibrationJob& job, const models::Journey& journey, RejectedFile& file,
                     std::uint64_t& rejected) {
  Surveys surveys;
  surveys.answers = read_answers(job.survey, job.mapping, journey, job.bad_rows, file, rejected);
  if (job.held_out) {
    std::uint64_t rejected_too = 0;
    surveys.held_out = read_answers(*job.held_out, job.mapping, journey, job.bad_rows, file, rejected_too);
    models::share_periods(surveys.answers, *surveys.held_out);
  }
  return surveys;
}

/// Lets the log decide the weights of the choices that it has seen, and tells the answers which paths their respondents came by.
CalibratedWays follow_log(const CalibrationJob& job, models::JourneyFile& journey, Surveys& surveys,
                          RejectedFile& file) {
  models::Interned cases;
  for (const std::string& id : surveys.answers.cases) cases.number(id);
  if (surveys.held_out) {
    for (const std::string& id : surveys.held_out->cases) cases.number(id);
  }
  const models::Transitions transitions =
      read_transitions(*job.events, job.mapping, journey, cases.texts(), job.bad_rows, file);
  CalibratedWays ways = with_transitions(journey, transitions);
  ways.file = *job.events;
  join(surveys.answers, cases, transitions.paths);
  if (surveys.held_out) join(*surveys.held_out, cases, transitions.paths);
  return ways;
}

std::vector<models::CalibrationParameter> parameters_in(const models::JourneyFile& journey) {
  std::vector<models::CalibrationParameter> parameters = models::parameters_of(journey);
  if (!parameters.empty()) return parameters;
  models::Diagnostics problem;
  problem.error(models::Mark{journey.source}, "calibrate: no parameters are named", "nothing may move",
                "Name some under `parameters:`, or take the section out and see --suggest");
  throw models::InputError(std::move(problem));
}

models::Calibration search(const CalibrationJob& job, const models::JourneyFile& journey,
                           const std::vector<models::CalibrationParameter>& parameters, const Surveys& surveys,
                           const Console& console) {
  models::CalibrationPlan plan;
  plan.seed = job.seed;
  plan.threads = job.threads;
  plan.journeys = static_cast<std::uint32_t>(job.journeys.value_or(0));
  if (job.draws) plan.posterior.draws = static_cast<int>(*job.draws);
  const Graceful graceful;
  Progress progress(console, "{0} of {1} per cent");
  std::optional<models::Calibration> found =
      models::calibrate(journey, parameters, surveys.answers, surveys.held_out ? &*surveys.held_out : nullptr, plan,
                        [&](std::string_view what, double share) {
                          // Draws are nearly all of the time.
                          if (what == "posterior") progress.show(static_cast<std::uint64_t>(100 * share), 100);
                          return stop_signal() == 0;
                        });
  if (!found) throw Stopped{stop_signal()};
  return std::move(*found);
}

models::FileStamp survey_stamp(const std::string& path) {
  return {"", path, engine::sha256(models::read_source(path)->text)};
}

/// What the result is made from, and what its numbers are called.
void tell_of(CalibrateResult& result, const CalibrationJob& job, const Surveys& surveys, const models::Case& as_it_is,
             const models::Journey& journey) {
  result.program = program_name();
  result.names = models::Experiment({&as_it_is}, models::Estimates::plain).names();
  result.out = job.out;
  result.survey = survey_stamp(job.survey);
  if (job.held_out) result.held_out = survey_stamp(*job.held_out);
  result.seed = job.seed;
  result.blank = surveys.answers.blank;
  for (const models::Persona& one : journey.personas) result.personas.push_back(one.id);
  for (const models::Touchpoint& one : journey.touchpoints) result.touchpoints.push_back(one.id);
  result.periods = surveys.answers.periods;
}

}  // namespace

std::vector<std::string> inputs_of(const CalibrationJob& job, const std::string& journey) {
  std::vector<std::string> inputs = {journey, job.survey};
  if (job.held_out) inputs.push_back(*job.held_out);
  if (job.events) inputs.push_back(*job.events);
  return inputs;
}

Calibrated calibrated(const CalibrationJob& job, models::JourneyFile journey, Console& console) {
  Calibrated all;
  CalibrateResult& result = all.result;
  Warnings warnings(console);
  warnings.say(journey.warnings);
  const models::Case as_it_is = checked_case(journey, {}, warnings);
  const models::Journey typed = models::typed_journey(journey.tree);
  RejectedFile rejected(job.rejected, job.existing);
  Surveys surveys = read_surveys(job, typed, rejected, result.rejected);
  if (job.suggest || !job.events) rejected.commit();
  if (job.suggest) {
    all.suggested = models::suggest_parameters(journey, surveys.answers);
    return all;
  }
  result.journey = models::stamp_of(journey);  // of the file, without what is suggested
  journey = with_parameters(std::move(journey), surveys.answers, console);
  const models::Tree as_written = journey.tree;
  if (job.events) {
    result.ways = follow_log(job, journey, surveys, rejected);
    rejected.commit();
  }
  const std::vector<models::CalibrationParameter> parameters = parameters_in(journey);
  if (job.with_text) {  // known before the long work
    std::vector<std::pair<std::string, double>> values;
    for (const models::CalibrationParameter& one : parameters) values.emplace_back(one.address(), one.value);
    placed(journey.source, as_written, values);
  }
  result.calibration = search(job, journey, parameters, surveys, console);
  warnings.say(result.calibration.warnings);
  tell_of(result, job, surveys, as_it_is, typed);
  if (job.with_text) {
    all.text = calibrated_text(journey, as_written, result, job.out.empty() ? journey.source->name : job.out);
  }
  if (!job.out.empty()) result.out_sha256 = engine::sha256(all.text);
  return all;
}

}  // namespace sojourn::tools
