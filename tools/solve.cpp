// sojourn solve: the questions of `run`, answered without chance where the journey allows it.

#include "models/exact/solve.h"
#include "models/exact/explain.h"
#include "models/score/experiment.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"
#include "tools/arguments/common.h"
#include "tools/command.h"
#include "tools/job/inputs.h"
#include "tools/job/notes.h"
#include "tools/job/outputs.h"
#include "tools/json/explain_json.h"
#include "tools/program/errors.h"
#include "tools/program/exit_code.h"
#include "tools/terminal/explain_page.h"
#include "tools/terminal/solve_page.h"

#include <chrono>
#include <optional>

namespace sojourn::tools {
namespace {

struct SolveArguments {
  std::string journey;
  std::vector<std::string> with;
  std::optional<std::string> explain;
  OutputPlan outputs;
  bool quiet = false;
};

SolveArguments read(std::span<const std::string> given) {
  SolveArguments to;
  Arguments arguments(
      "solve",
      "Answers the questions of 'run' exactly, as an absorbing Markov chain, where the journey allows it, "
      "and says which figures it cannot tell and why.",
      "  sojourn solve journey.yaml --json exact.json\n"
      "  sojourn solve journey.yaml --explain checkout\n");
  arguments.operand(to.journey, "JOURNEY", "the journey's file");
  arguments.list(to.with, "--with", "SCENARIO", "scenarios that are applied, one after the other");
  arguments.text(to.explain, "--explain", "TOUCHPOINT",
                 "the equation of its visits instead: where they come from and go to, to follow by hand");
  arguments.text(to.outputs.json, "--json", "FILE", "the whole result as JSON; - is standard output");
  arguments.text(to.outputs.archive, "--out", "FILE.h5", "the whole result as HDF5, for xarray, pandas and R");
  arguments.text(to.outputs.csv, "--csv", "DIR", "a folder of tidy tables");
  arguments.text(to.outputs.xlsx, "--xlsx", "FILE.xlsx", "the tidy tables as one workbook, a sheet each");
  declare_language(arguments, to.outputs.language);
  arguments.flag(to.outputs.force, "--force", "replace outputs that exist");
  arguments.flag(to.quiet, "--quiet", "no tables and no notes");
  arguments.read(given);
  if (to.explain && (to.outputs.archive || to.outputs.csv || to.outputs.xlsx)) {
    arguments.refuse("an explanation is printed or written as JSON; '--out', '--csv' and '--xlsx' hold results");
  }
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

/// The touchpoint that was asked about. Throws UsageError.
std::uint32_t touchpoint_of(const std::string& id, const models::Names& names) {
  std::vector<std::string_view> known;
  for (std::uint32_t t = 0; t < names.touchpoints.size(); ++t) {
    if (names.touchpoints[t].id == id) return t;
    known.push_back(names.touchpoints[t].id);
  }
  const std::string suggestion = models::did_you_mean(id, known);
  throw UsageError("there is no touchpoint " + models::quoted(id) + (suggestion.empty() ? "" : ". " + suggestion));
}

}  // namespace

int solve(std::span<const std::string> given, Console& console) {
  SolveArguments arguments = read(given);
  if (arguments.quiet) console.set_talk(Talk::quiet);
  arguments.outputs.inputs = inputs_of(arguments.journey, arguments.with);
  console.speak(arguments.outputs.language);
  check_outputs(arguments.outputs);
  Warnings warnings(console);
  const Inputs inputs = read_inputs(arguments.journey, arguments.with, warnings);
  const models::Case one = checked_case(inputs.journey, inputs.scenarios, warnings);
  const models::Experiment experiment({&one});
  const std::optional<std::uint32_t> explained =
      arguments.explain ? std::optional(touchpoint_of(*arguments.explain, experiment.names())) : std::nullopt;
  const auto begin = std::chrono::steady_clock::now();
  const models::RunResult result = result_of(inputs, experiment);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  const bool prints = !arguments.outputs.json_on_stdout() && console.talks();
  if (explained) {
    const auto equations = models::explain(result.figures, result.names, experiment.customer(0).tables(), *explained);
    if (arguments.outputs.json) {
      write_document(arguments.outputs, explain_json(result, *explained, equations), console);
    }
    if (prints) console.print(explain_page(result, *explained, equations, console.out()));
    return exit_code::ok;
  }
  write_outputs(arguments.outputs, result, {.visits = 0, .seconds = seconds.count(), .threads = 1}, console);
  if (prints) console.print(solve_page(result, console.out()));
  return exit_code::ok;
}

}  // namespace sojourn::tools
