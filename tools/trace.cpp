// sojourn trace: one agent alone, as it is beside what if.

#include "engine/random/luck.h"
#include "tools/arguments/common.h"
#include "tools/command.h"
#include "tools/job/inputs.h"
#include "tools/job/notes.h"
#include "tools/json/trace_json.h"
#include "tools/program/exit_code.h"
#include "tools/terminal/trace_page.h"

namespace sojourn::tools {
namespace {

struct TraceArguments {
  std::string journey;
  std::vector<std::string> with;
  std::optional<std::uint64_t> agent;
  models::RunPlan plan;
  std::uint64_t replicate = 0;
  std::optional<std::string> json;
  std::optional<std::string> language;
  bool force = false;
  bool quiet = false;
};

TraceArguments read(std::span<const std::string> given) {
  TraceArguments to;
  Arguments arguments(
      "trace",
      "Follows one customer through the journey, visit by visit, and says what was drawn and what came "
      "of it; with scenarios, as it is beside what if. The customer is the one that 'run' and 'compare' "
      "send under that number and seed.",
      "  sojourn trace journey.yaml --agent 7 --with faster.yaml\n");
  arguments.operand(to.journey, "JOURNEY", "the journey's file");
  arguments.count(to.agent, "--agent", "N", {0, engine::kAgentLimit - 1}, "the customer's number, from 0 (required)");
  arguments.list(to.with, "--with", "SCENARIO", "scenarios that are applied, one after the other");
  declare_luck(arguments, to.plan.seed, to.replicate);
  arguments.text(to.json, "--json", "FILE", "the visits as JSON; - is standard output");
  declare_language(arguments, to.language);
  arguments.flag(to.force, "--force", "replace an output that exists");
  arguments.flag(to.quiet, "--quiet", "no tables and no notes");
  arguments.read(given);
  if (!to.agent) arguments.refuse("--agent N is missing: which customer is followed?");
  to.plan.replicate = static_cast<std::uint32_t>(to.replicate);
  return to;
}

TracedJourney followed(const models::Experiment& experiment, std::size_t case_index, const engine::PlaceKeys& keys,
                       std::uint64_t agent) {
  constexpr std::size_t most_visits = 100'000;
  TracedJourney journey = trace_agent(experiment, case_index, keys, agent, most_visits);
  if (journey.cut_short) {
    models::Diagnostics problems;
    problems.error({}, "customer " + std::to_string(agent) + " makes more than 100,000 visits",
                   "nobody can follow that", "Follow another one, or lower 'limits.visits'");
    throw models::InputError(std::move(problems));
  }
  return journey;
}

}  // namespace

int trace(std::span<const std::string> given, Console& console) {
  const TraceArguments arguments = read(given);
  if (arguments.quiet) console.set_talk(Talk::quiet);
  const OutputPlan outputs{
      .json = arguments.json, .force = arguments.force, .inputs = inputs_of(arguments.journey, arguments.with)};
  console.speak(arguments.language);
  check_outputs(outputs);
  Warnings warnings(console);
  const Inputs inputs = read_inputs(arguments.journey, arguments.with, warnings);
  const models::Case base = checked_case(inputs.journey, {}, warnings);
  std::optional<models::Case> changed;
  std::vector<const models::Case*> cases = {&base};
  if (!inputs.scenarios.empty()) {
    changed = checked_case(inputs.journey, inputs.scenarios, warnings);
    cases.push_back(&*changed);
  }
  const models::Experiment experiment(cases);
  const engine::PlaceKeys keys = experiment.keys(arguments.plan.seed, arguments.plan.replicate);

  Trace trace;
  trace.provenance = provenance_of(inputs, base, arguments.plan, 0);
  trace.names = experiment.names();
  trace.agent = *arguments.agent;
  trace.base = followed(experiment, 0, keys, trace.agent);
  if (changed) trace.with = followed(experiment, 1, keys, trace.agent);
  if (arguments.json) write_document(outputs, trace_json(trace), console);
  if (!outputs.json_on_stdout() && console.talks()) console.print(trace_page(trace, console.out()));
  const bool stuck = trace.base.stuck || (trace.with && trace.with->stuck);
  return stuck ? exit_code::bad_data : exit_code::ok;
}

}  // namespace sojourn::tools
