// sojourn solve: the questions of `run`, answered without chance where the journey allows it.

#include "models/exact/solve.h"
#include "models/score/experiment.h"
#include "tools/arguments/arguments.h"
#include "tools/command.h"
#include "tools/job/inputs.h"
#include "tools/job/notes.h"
#include "tools/job/outputs.h"
#include "tools/program/exit_code.h"
#include "tools/terminal/page.h"
#include "tools/terminal/solve_page.h"
#include "tools/terminal/text.h"

#include <chrono>

namespace sojourn::tools {
namespace {

struct SolveArguments {
  std::string journey;
  std::vector<std::string> with;
  OutputPlan outputs;
  bool quiet = false;
};

SolveArguments read(std::span<const std::string> given) {
  SolveArguments to;
  Arguments arguments(
      "solve",
      "Answers the questions of 'run' exactly, as an absorbing Markov chain, where the journey allows it, "
      "and says which figures it cannot tell and why.",
      "  sojourn solve journey.yaml --json exact.json\n");
  arguments.operand(to.journey, "JOURNEY", "the journey's file");
  arguments.list(to.with, "--with", "SCENARIO", "scenarios that are applied, one after the other");
  arguments.text(to.outputs.json, "--json", "FILE", "the whole result as JSON; - is standard output");
  arguments.text(to.outputs.archive, "--out", "FILE.h5", "the whole result as HDF5, for xarray, pandas and R");
  arguments.text(to.outputs.csv, "--csv", "DIR", "a folder of tidy tables");
  arguments.flag(to.outputs.force, "--force", "replace outputs that exist");
  arguments.flag(to.quiet, "--quiet", "no tables and no notes");
  arguments.read(given);
  return to;
}

models::RunResult result_of(const Inputs& inputs, const models::Experiment& experiment) {
  models::RunResult result;
  result.provenance = provenance_of(inputs, experiment.case_of(0), {}, 0);
  result.provenance.method = "exact";
  result.provenance.random_scheme.clear();
  result.names = experiment.names();
  models::ExactAnswer answer = models::solve_exactly(experiment.case_of(0), experiment.atlas(),
                                                     experiment.customer(0).tables(), experiment.names());
  result.figures = std::move(answer.figures);
  result.not_exact = std::move(answer.not_exact);
  return result;
}

}  // namespace

int solve(std::span<const std::string> given, Console& console) {
  const SolveArguments arguments = read(given);
  if (arguments.quiet) console.set_talk(Talk::quiet);
  check_outputs(arguments.outputs);
  Warnings warnings(console);
  const Inputs inputs = read_inputs(arguments.journey, arguments.with, warnings);
  const models::Case one = checked_case(inputs.journey, inputs.scenarios, warnings);
  const models::Experiment experiment({&one});
  const auto begin = std::chrono::steady_clock::now();
  const models::RunResult result = result_of(inputs, experiment);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  write_outputs(arguments.outputs, result, {.visits = 0, .seconds = seconds.count(), .threads = 1}, console);
  if (!arguments.outputs.json_on_stdout() && console.talks()) console.print(solve_page(result, console.out()));
  return exit_code::ok;
}

}  // namespace sojourn::tools
