// sojourn compare: the same customers through a journey as it is and through every what-if.

#include "models/exact/known_means.h"
#include "models/score/comparison.h"
#include "models/score/figures.h"
#include "models/score/posterior_check.h"
#include "tools/archive/posterior_archive.h"
#include "tools/arguments/common.h"
#include "tools/command.h"
#include "tools/job/draws.h"
#include "tools/job/inputs.h"
#include "tools/job/notes.h"
#include "tools/job/observed.h"
#include "tools/job/resolved.h"
#include "tools/job/simulate.h"
#include "tools/job/traced.h"
#include "tools/json/json.h"
#include "tools/program/exit_code.h"
#include "tools/report/write.h"
#include "tools/terminal/compare_page.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>

namespace sojourn::tools {
namespace {

struct CompareArguments {
  std::string journey;
  std::vector<std::string> scenarios;
  bool combine = false;
  std::optional<double> matters;
  std::optional<std::uint64_t> draws;
  std::optional<std::string> posterior;
  bool plain = false;
  RunOptions options;
};

/// NPS points below which a difference is too small to matter, unless the reader sets another.
constexpr double half_a_point = 0.5;

CompareArguments read(std::span<const std::string> given) {
  CompareArguments to;
  Arguments arguments("compare",
                      "Sends the same customers, with the same luck, through the journey as it is and through every "
                      "what-if, and says what each what-if changes, for whom, where it begins and what it costs.",
                      "  sojourn compare journey.yaml faster.yaml friendlier.yaml\n"
                      "  sojourn compare journey.yaml faster.yaml friendlier.yaml --combine --json -\n");
  arguments.operand(to.journey, "JOURNEY", "the journey's file");
  arguments.operands(to.scenarios, "SCENARIO", "the what-ifs, each compared with the journey");
  arguments.flag(to.combine, "--combine", "all of them at once, as one what-if");
  arguments.amount(to.matters, "--matters", "P", {0, 200},
                   "NPS points below which a difference is too small to matter (0.5)");
  declare_draws(arguments, to.draws);
  arguments.text(to.posterior, "--posterior", "FILE.h5",
                 "what 'calibrate --posterior' wrote: its draws say what is not known about the journey's numbers");
  declare_plain(arguments, to.plain);
  declare_observed(arguments, to.options.observed);
  to.options.declare(arguments, "go on until every difference in NPS is known to within P points, 95 % of the time");
  arguments.read(given);
  return to;
}

/// One what-if: the scenarios that are applied together.
using WhatIf = std::span<const models::ScenarioFile>;

std::vector<WhatIf> what_ifs(const Inputs& inputs, bool combine) {
  if (combine) return {WhatIf(inputs.scenarios)};
  std::vector<WhatIf> list;
  for (const models::ScenarioFile& scenario : inputs.scenarios) list.push_back(WhatIf(&scenario, 1));
  return list;
}

/// The first customer (of a few) whose journey, not a long one, the best what-if changes: one worth following. 0 where
/// there is none.
std::uint64_t telling_agent(const models::Experiment& experiment, const models::RunPlan& plan,
                            const models::CompareResult& result) {
  constexpr std::uint64_t few = 500;
  constexpr std::size_t not_long = 1000;  // visits
  const auto which = static_cast<std::size_t>(&best(result) - result.scenarios.data());
  const engine::PlaceKeys keys = experiment.keys(plan.seed, plan.replicate);
  for (std::uint64_t agent = 0; agent < std::min(few, result.provenance.agents); ++agent) {
    const TracedJourney base = trace_agent(experiment, 0, keys, agent, not_long);
    const TracedJourney changed = trace_agent(experiment, which + 1, keys, agent, not_long);
    if (!base.cut_short && !changed.cut_short && parting(base, changed)) return agent;
  }
  return 0;
}

}  // namespace

int compare(std::span<const std::string> given, Console& console) {
  CompareArguments arguments = read(given);
  if (arguments.options.quiet) console.set_talk(Talk::quiet);
  arguments.options.outputs.inputs = inputs_of(arguments.journey, arguments.scenarios);
  if (arguments.options.observed) arguments.options.outputs.inputs.push_back(*arguments.options.observed);
  if (arguments.posterior) arguments.options.outputs.inputs.push_back(*arguments.posterior);
  console.speak(arguments.options.outputs.language);
  check_outputs(arguments.options.outputs);
  Warnings warnings(console);
  const Inputs inputs = read_inputs(arguments.journey, arguments.scenarios, warnings);

  std::optional<models::PosteriorDraws> posterior;
  if (arguments.posterior) {
    posterior = read_posterior(*arguments.posterior);
    warnings.say(models::check_posterior(*posterior, inputs.journey));
  }

  std::deque<models::Case> cases;  // their addresses stay
  std::vector<models::ScenarioStamp> stamps;
  Mistakes mistakes;
  mistakes.collect([&] { cases.push_back(checked_case(inputs.journey, {}, warnings)); });
  mistakes.refuse_if_any();
  for (const WhatIf& what_if : what_ifs(inputs, arguments.combine)) {
    mistakes.collect([&] {
      cases.push_back(checked_case(inputs.journey, what_if, warnings));
      stamps.push_back(models::what_if_stamp(what_if, cases.back().title));
    });
  }
  mistakes.refuse_if_any();

  const std::vector<models::Observation> observations =
      read_observed(arguments.options.observed, figures_of(inputs.journey.tree), warnings);
  check_kept(arguments.options.outputs, inputs, true);

  std::vector<const models::Case*> pointers;
  for (const models::Case& one : cases) pointers.push_back(&one);
  const models::RunPlan plan = arguments.options.plan();
  models::Experiment experiment(pointers, estimates_of(arguments.plain), {}, plan.threads);
  models::know_exactly(experiment, plan.threads);
  const Simulated simulated = simulate(experiment, plan, console);

  models::CompareResult result;
  result.provenance = provenance_of(inputs, cases.front(), plan, simulated.tallies.agents);
  result.provenance.controls = experiment.control_names();
  for (std::size_t i = 1; i < cases.size(); ++i) {
    result.provenance.resolved_scenarios.push_back(resolved_yaml(inputs.journey, cases[i]));
  }
  result.names = experiment.names();
  result.base = models::figures_of(experiment, simulated.tallies, 0);
  result.scenarios = models::compare(experiment, simulated.tallies, stamps, arguments.matters.value_or(half_a_point));
  DrawRequest request{{&inputs.journey, {{}}}, plan, simulated.tallies.agents, arguments.draws, {}};
  request.centre.push_back(result.base.overall[models::Metric::nps].estimate);
  for (const models::Comparison& one : result.scenarios) {
    request.centre.push_back(one.difference.overall[models::Metric::nps].estimate);
  }
  for (const WhatIf& what_if : what_ifs(inputs, arguments.combine)) request.files.scenarios.push_back(what_if);
  request.files.posterior = posterior ? &*posterior : nullptr;
  result.uncertain = draw_inputs(experiment, request, warnings, console);
  if (!observations.empty()) {
    result.observed =
        observed_in(observations, cases.front().views.views.front().targets, Json::parse(compare_json(result, {})));
  }
  note_precision(plan, models::widest_nps_half_width(experiment, simulated.tallies), console);
  write_outputs(arguments.options.outputs, result, simulated.performance, console);
  if (arguments.options.outputs.report) {
    ReportParts parts = parts_of(experiment, plan, simulated.tallies.agents);
    parts.matters = arguments.matters.value_or(half_a_point);
    write_report(arguments.options.outputs, result, parts, console);
  }
  if (!arguments.options.outputs.json_on_stdout() && console.talks()) {
    console.print(compare_page(result, telling_agent(experiment, plan, result), console.out()));
  }
  return exit_code::ok;
}

}  // namespace sojourn::tools
