// sojourn drivers: which number of a journey moves NPS, satisfaction, success and cost most.

#include "models/drivers/drivers.h"
#include "tools/arguments/common.h"
#include "tools/command.h"
#include "tools/job/folder.h"
#include "tools/job/inputs.h"
#include "tools/job/notes.h"
#include "tools/json/drivers_json.h"
#include "tools/output/drivers_csv.h"
#include "tools/output/xlsx.h"
#include "tools/program/exit_code.h"
#include "tools/program/interrupt.h"
#include "tools/terminal/drivers_page.h"
#include "tools/terminal/page.h"
#include "tools/terminal/progress.h"
#include "tools/terminal/text.h"

namespace sojourn::tools {
namespace {

struct DriversArguments {
  std::string journey;
  std::vector<std::string> with;
  RunOptions options;
};

DriversArguments read(std::span<const std::string> given) {
  DriversArguments to;
  Arguments arguments("drivers",
                      "Says which number of the journey moves NPS, satisfaction, success and cost most. One run gives "
                      "the derivative with respect to every number; the twelve largest are run again with a whole step "
                      "(one point of the 0 to 10 scale, or 10 %). Then the insight map, and what each touchpoint is "
                      "worth.",
                      "  sojourn drivers scenarios/santa/journey.yaml\n"
                      "  sojourn drivers journey.yaml --with faster.yaml --agents 1M --csv tables\n");
  RunOptions& options = to.options;
  arguments.operand(to.journey, "JOURNEY", "the journey's file");
  arguments.list(to.with, "--with", "SCENARIO", "scenarios that are applied, one after the other");
  arguments.count(options.agents, "--agents", "N", {2, engine::kAgentLimit / 2},
                  "how many customers travel: 100000, 1e6, 1M (100000)");
  declare_luck(arguments, options.seed, options.replicate);
  arguments.count(options.threads, "--threads", "T", {1, 1024}, "threads to use (all); changes no digit of the result");
  arguments.text(options.outputs.json, "--json", "FILE", "the whole result as JSON; - is standard output");
  arguments.text(options.outputs.csv, "--csv", "DIR", "a folder of tidy tables");
  arguments.text(options.outputs.xlsx, "--xlsx", "FILE.xlsx", "the tidy tables as one workbook, a sheet each");
  declare_language(arguments, options.outputs.language);
  arguments.flag(options.outputs.force, "--force", "replace outputs that exist");
  arguments.flag(options.quiet, "--quiet", "no tables, no progress and no notes");
  arguments.read(given);
  return to;
}

void write(const OutputPlan& plan, const models::Drivers& drivers, const models::Provenance& provenance,
           const Performance& performance, const Console& console) {
  if (plan.csv) {
    const Graceful graceful;
    write_folder(*plan.csv, plan.force ? engine::Existing::replace : engine::Existing::refuse,
                 drivers_csv(drivers, provenance));
    throw_if_stopped();
    console.say(console.err().say("sojourn: wrote{0}\n", {" " + engine::printable_path(*plan.csv)}));
  }
  if (plan.xlsx) {
    const Graceful graceful;
    engine::write_file(*plan.xlsx, plan.force ? engine::Existing::replace : engine::Existing::refuse,
                       xlsx_bytes(drivers_tables(drivers), provenance, *plan.xlsx));
    throw_if_stopped();
    console.say(console.err().say("sojourn: wrote{0}\n", {" " + engine::printable_path(*plan.xlsx)}));
  }
  if (!plan.json) return;
  write_document(plan, drivers_json(drivers, provenance, performance), console);
  if (!plan.json_on_stdout()) {
    console.say(console.err().say("sojourn: wrote{0}\n", {" " + engine::printable_path(*plan.json)}));
  }
}

std::string next_steps(const DriversArguments& arguments, const Look& look) {
  const std::string journey = shell_word(arguments.journey);
  return heading(look, look.say("Next")) +
         next_step(look, "sojourn compare " + journey + " SCENARIO.yaml",
                   look.say("says what a change of several numbers would do, and what it costs"));
}

}  // namespace

int drivers(std::span<const std::string> given, Console& console) {
  DriversArguments arguments = read(given);
  if (arguments.options.quiet) console.set_talk(Talk::quiet);
  arguments.options.outputs.inputs = inputs_of(arguments.journey, arguments.with);
  console.speak(arguments.options.outputs.language);
  check_outputs(arguments.options.outputs);
  Warnings warnings(console);
  const Inputs inputs = read_inputs(arguments.journey, arguments.with, warnings);
  const models::Case one = checked_case(inputs.journey, inputs.scenarios, warnings);
  const models::RunPlan plan = arguments.options.plan();

  std::optional<models::Drivers> found;
  Performance performance;
  {
    const Graceful graceful;
    Progress progress(console);
    found =
        models::find_drivers(inputs.journey, inputs.scenarios, one, plan, [&](const models::ProgressReport& report) {
          progress.show(report.agents_done, report.agents_planned);
          return stop_signal() == 0;
        });
    performance.seconds = progress.seconds();
    throw_if_stopped();
  }
  performance.visits = found->visits;
  performance.threads = engine::worker_count({.threads = plan.threads});
  const models::Provenance provenance = provenance_of(inputs, one, plan, plan.agents);
  write(arguments.options.outputs, *found, provenance, performance, console);
  if (!arguments.options.outputs.json_on_stdout() && console.talks()) {
    console.print(drivers_page(*found, provenance, console.out()) + next_steps(arguments, console.out()));
  }
  return exit_code::ok;
}

}  // namespace sojourn::tools
