// sojourn run: one journey, as it is or with scenarios, simulated.

#include "models/exact/known_means.h"
#include "models/score/experiment.h"
#include "models/score/figures.h"
#include "models/score/visits_only.h"
#include "tools/arguments/common.h"
#include "tools/command.h"
#include "tools/job/draws.h"
#include "tools/job/inputs.h"
#include "tools/job/notes.h"
#include "tools/job/observed.h"
#include "tools/job/simulate.h"
#include "tools/json/json.h"
#include "tools/program/exit_code.h"
#include "tools/report/write.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/run_page.h"
#include "tools/terminal/text.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

struct RunArguments {
  std::string journey;
  std::vector<std::string> with;
  std::optional<std::uint64_t> draws;
  bool plain = false;
  std::optional<std::string> only;
  RunOptions options;
};

/// Of '--only visits'.
void refuse_what_needs_scores(const RunArguments& given, const Arguments& arguments) {
  const OutputPlan& outputs = given.options.outputs;
  const auto refuse = [&](bool is_given, const char* option, const char* why) {
    if (is_given) arguments.refuse("'" + std::string(option) + "' and '--only visits' exclude each other: " + why);
  };
  constexpr const char* kWhole = "it holds whole results ('--json' holds visits)";
  refuse(given.options.precision.has_value(), "--precision", "it is about the NPS");
  refuse(given.draws.has_value(), "--draws", "it is about the NPS");
  refuse(given.options.observed.has_value(), "--observed", "it is about what is felt");
  refuse(outputs.archive.has_value(), "--out", kWhole);
  refuse(outputs.csv.has_value(), "--csv", kWhole);
  refuse(outputs.xlsx.has_value(), "--xlsx", kWhole);
  refuse(outputs.report.has_value(), "--report", kWhole);
}

RunArguments read(std::span<const std::string> given) {
  RunArguments to;
  Arguments arguments("run",
                      "Sends customers through the journey, one by one and by chance, and prints what comes out: "
                      "recommendation, satisfaction, success, time and money, overall, by persona and by touchpoint.",
                      "  sojourn run journey.yaml --agents 1M --json result.json\n"
                      "  sojourn run journey.yaml --with faster.yaml --precision 0.2\n");
  arguments.operand(to.journey, "JOURNEY", "the journey's file");
  arguments.list(to.with, "--with", "SCENARIO", "scenarios that are applied, one after the other");
  declare_draws(arguments, to.draws);
  declare_plain(arguments, to.plain);
  declare_observed(arguments, to.options.observed);
  arguments.choice(to.only, "--only", {"visits"},
                   "visits, reach, flows and outcomes alone, several times as fast; of journeys in which nothing but "
                   "chance says where customers go");
  to.options.declare(arguments, "go on until the NPS is known to within P points, 95 % of the time");
  arguments.read(given);
  if (to.only) refuse_what_needs_scores(to, arguments);
  return to;
}

models::RunResult result_of(const Inputs& inputs, const models::Experiment& experiment, const models::RunPlan& plan,
                            const engine::Tallies& tallies) {
  models::RunResult result;
  result.provenance = provenance_of(inputs, experiment.case_of(0), plan, tallies.agents);
  result.provenance.controls = experiment.control_names();
  result.names = experiment.names();
  result.figures = models::figures_of(experiment, tallies, 0);
  return result;
}

std::string next_steps(const RunArguments& arguments, const Look& look) {
  const std::string journey = shell_word(arguments.journey);
  std::string with = arguments.with.empty() ? "" : " --with";
  for (const std::string& scenario : arguments.with) with += " " + shell_word(scenario);
  return heading(look, look.say("Next")) +
         (arguments.with.empty() ? next_step(look, "sojourn compare " + journey + " SCENARIO.yaml",
                                             look.say("says what a change would do"))
                                 : next_step(look, "sojourn compare " + journey + " --combine" + with.substr(7),
                                             look.say("says what this changes"))) +
         next_step(look, "sojourn trace " + journey + " --agent 0" + with,
                   look.say("follows one customer, visit by visit"));
}

/// '--only visits'.
int run_visits_only(const RunArguments& arguments, const Inputs& inputs, const models::Case& one, Console& console) {
  const models::Experiment experiment({&one});
  models::require_chance_alone(experiment);
  const models::RunPlan plan = arguments.options.plan();
  const SimulatedVisits simulated = simulate_visits_only(experiment, plan, console);
  models::RunResult result;
  result.provenance = provenance_of(inputs, one, plan, simulated.tally.agents);
  result.names = experiment.names();
  result.figures = models::visit_figures(experiment, simulated.tally);
  const OutputPlan& outputs = arguments.options.outputs;
  if (outputs.json) write_document(outputs, visits_json(result, simulated.performance), console);
  if (!outputs.json_on_stdout() && console.talks()) console.print(visits_page(result, console.out()));
  return exit_code::ok;
}

}  // namespace

int run(std::span<const std::string> given, Console& console) {
  RunArguments arguments = read(given);
  if (arguments.options.quiet) console.set_talk(Talk::quiet);
  arguments.options.outputs.inputs = inputs_of(arguments.journey, arguments.with);
  if (arguments.options.observed) arguments.options.outputs.inputs.push_back(*arguments.options.observed);
  console.speak(arguments.options.outputs.language);
  check_outputs(arguments.options.outputs);
  Warnings warnings(console);
  const Inputs inputs = read_inputs(arguments.journey, arguments.with, warnings);
  const models::Case one = checked_case(inputs.journey, inputs.scenarios, warnings);
  const std::vector<models::Observation> observations =
      read_observed(arguments.options.observed, figures_of(inputs.journey.tree), warnings);
  check_kept(arguments.options.outputs, inputs, false);
  if (arguments.only) return run_visits_only(arguments, inputs, one, console);
  const models::RunPlan plan = arguments.options.plan();
  models::Experiment experiment({&one}, estimates_of(arguments.plain), {}, plan.threads);
  models::know_exactly(experiment, plan.threads);
  const Simulated simulated = simulate(experiment, plan, console);
  models::RunResult result = result_of(inputs, experiment, plan, simulated.tallies);
  const DrawRequest request{{&inputs.journey, {inputs.scenarios}},
                            plan,
                            simulated.tallies.agents,
                            arguments.draws,
                            {result.figures.overall[models::Metric::nps].estimate}};
  result.uncertain = draw_inputs(experiment, request, warnings, console);
  if (!observations.empty()) {
    result.observed = observed_in(observations, one.views.views.front().targets, Json::parse(run_json(result, {})));
  }
  note_precision(plan, models::widest_nps_half_width(experiment, simulated.tallies), console);
  write_outputs(arguments.options.outputs, result, simulated.performance, console);
  if (arguments.options.outputs.report) {
    write_report(arguments.options.outputs, result, parts_of(experiment, plan, simulated.tallies.agents), console);
  }
  if (!arguments.options.outputs.json_on_stdout() && console.talks()) {
    console.print(run_page(result, console.out()) + next_steps(arguments, console.out()));
  }
  return exit_code::ok;
}

}  // namespace sojourn::tools
