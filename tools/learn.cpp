// sojourn learn: a journey file from an event log.

#include "engine/store/safe_file.h"
#include "models/data/event_log.h"
#include "models/data/translation.h"
#include "models/learn/write.h"
#include "tools/arguments/common.h"
#include "tools/arguments/survey.h"
#include "tools/command.h"
#include "tools/job/outputs.h"
#include "tools/job/places.h"
#include "tools/job/rejected.h"
#include "tools/json/learn_json.h"
#include "tools/program/errors.h"
#include "tools/program/exit_code.h"
#include "tools/program/interrupt.h"
#include "tools/program/version.h"
#include "tools/terminal/learn_page.h"
#include "tools/terminal/page.h"
#include "tools/terminal/text.h"

#include <filesystem>

namespace sojourn::tools {
namespace {

constexpr const char* kRoles[] = {"case", "activity", "time", "end", "persona", "outcome"};

struct LearnArguments {
  std::string events;
  std::optional<std::string> out, test, mapping, order, personas, bad_rows, rejected, title;
  std::optional<std::string> columns[std::size(kRoles)];
  std::optional<double> min_share;
  std::uint64_t seed = 1;
  OutputPlan outputs;
  bool quiet = false;

  bool to_stdout() const { return *out == "-" || *out == "/dev/stdout"; }
  engine::Existing existing() const { return outputs.force ? engine::Existing::replace : engine::Existing::refuse; }
};

LearnArguments read(std::span<const std::string> given) {
  LearnArguments to;
  Arguments arguments(
      "learn",
      "Learns a journey from an event log (CSV or XES): touchpoints, ways between them with as much memory "
      "as pays, durations, outcomes and personas. What is not in a log, experience above all, stays to be "
      "filled in.",
      "  sojourn learn events.csv --out journey.yaml --persona segment\n"
      "  sojourn learn before.xes --out journey.yaml --test after.xes\n");
  arguments.operand(to.events, "EVENTS", "the event log: a row for each event, with its case, activity and time");
  arguments.text(to.out, "--out", "FILE.yaml", "the journey; - is standard output");
  arguments.text(to.test, "--test", "EVENTS2", "another log, on which the journey is tried");
  arguments.text(to.mapping, "--mapping", "FILE.yaml", "what the columns mean, written down");
  arguments.text(to.columns[0], "--case", "COLUMN",
                 "the column that says which case (customer, order) an event belongs to");
  arguments.text(to.columns[1], "--activity", "COLUMN", "the column of what happened");
  arguments.text(to.columns[2], "--time", "COLUMN", "the column of when it began");
  arguments.text(to.columns[3], "--end", "COLUMN", "the column of when it ended");
  arguments.text(to.columns[4], "--persona", "COLUMN", "the column of the case's persona or segment");
  arguments.text(to.columns[5], "--outcome", "COLUMN", "the column of how the case ended");
  arguments.choice(to.order, "--order", {"auto", "0", "1", "2", "3"},
                   "how many steps are remembered at most (auto: as many as foretell held-out cases better)");
  arguments.choice(
      to.personas, "--personas", {"auto", "1", "2", "3", "4", "5", "6", "7", "8"},
      "so many personas, found by the ways they take (auto: those of the column, or as many as foretell better)");
  arguments.amount(to.min_share, "--min-share", "P", {0, 0.5, false},
                   "activities and ways that a smaller share of the cases takes are folded together (0.001)");
  arguments.choice(to.bad_rows, "--bad-rows", {"fail", "skip"},
                   "rows that cannot be read: none may be, or any number (up to 1 % are left out)");
  arguments.text(to.rejected, "--rejected", "FILE.csv", "where rows that cannot be read are listed (beside --out)");
  arguments.text(to.title, "--title", "TEXT", "the journey's title (the log's name)");
  arguments.count(to.seed, "--seed", "S", {}, "the luck of all customers; the same seed gives the same result (1)");
  arguments.text(to.outputs.json, "--json", "FILE", "the whole result as JSON; - is standard output");
  declare_language(arguments, to.outputs.language);
  arguments.flag(to.outputs.force, "--force", "replace outputs that exist");
  arguments.flag(to.quiet, "--quiet", "no tables and no notes");
  arguments.read(given);
  if (!to.out) arguments.refuse("'--out FILE.yaml' says where the journey goes; '-' is standard output");
  if (to.to_stdout() && to.outputs.json_on_stdout()) {
    arguments.refuse("journey and JSON cannot both go to standard output");
  }
  return to;
}

/// Refuses outputs that exist, that cannot be written, or that stand where something is read or written already.
void check_places(const LearnArguments& arguments, const std::optional<std::string>& rejected) {
  check_outputs(arguments.outputs);
  if (arguments.rejected == "-") throw UsageError("'--rejected' needs a file: its rows are listed as a table");
  Places places(arguments.outputs.inputs);
  if (!arguments.outputs.json_on_stdout()) places.claim("--json", arguments.outputs.json);
  const Graceful graceful;
  if (!arguments.to_stdout()) {
    places.claim("--out", arguments.out);
    engine::check_target(*arguments.out, arguments.existing());
  }
  places.claim("--rejected", rejected);
  if (arguments.rejected) engine::check_target(*rejected, arguments.existing());
}

models::Mapping mapping_of(const LearnArguments& arguments) {
  models::Mapping mapping = arguments.mapping ? models::read_mapping_file(*arguments.mapping) : models::Mapping();
  for (std::size_t i = 0; i < std::size(kRoles); ++i) {
    if (arguments.columns[i]) mapping.events[kRoles[i]] = *arguments.columns[i];
  }
  return mapping;
}

struct ReadLog {
  models::EventLog log;
  models::EventShape shape;
  std::uint64_t rejected = 0;
};

ReadLog read_log(const std::string& path, const models::Mapping& mapping, models::BadRows allowed, RejectedFile& file) {
  ReadLog to;
  models::EventCollector collector;
  const models::EventTranslator translated(mapping);
  models::Rejects rejects = file.of(path);
  to.shape = models::read_events(path, mapping, rejects, [&](const models::EventRow& row) {
    throw_if_stopped();
    collector.add(translated(row));
  });
  to.rejected = rejects.rejected();
  file.refuse_if_too_many(rejects, allowed, path);
  to.log = collector.finish();
  return to;
}

models::LearnOptions options_of(const LearnArguments& arguments, const models::Mapping& mapping) {
  models::LearnOptions options;
  if (arguments.order && arguments.order != "auto") options.order = static_cast<unsigned>(std::stoul(*arguments.order));
  if (arguments.personas && arguments.personas != "auto") {
    options.personas = static_cast<unsigned>(std::stoul(*arguments.personas));
  }
  if (arguments.min_share) options.min_share = *arguments.min_share;
  const models::Translator outcome(mapping, "outcome");
  for (const std::string& one : mapping.success) options.success.emplace_back(outcome(one));
  return options;
}

std::string next_steps(const LearnArguments& arguments, const Look& look) {
  const std::string journey = shell_word(*arguments.out);
  return heading(look, look.say("Next")) +
         next_step(look, "sojourn show " + journey + " --to mermaid", look.say("shows where cases go")) +
         next_step(look, "sojourn run " + journey, look.say("says how it goes as it is"));
}

}  // namespace

int learn(std::span<const std::string> given, Console& console) {
  LearnArguments arguments = read(given);
  if (arguments.quiet) console.set_talk(Talk::quiet);
  console.speak(arguments.outputs.language);
  arguments.outputs.inputs = {arguments.events};
  if (arguments.test) arguments.outputs.inputs.push_back(*arguments.test);
  if (arguments.mapping) arguments.outputs.inputs.push_back(*arguments.mapping);
  std::optional<std::string> rejected_path = arguments.rejected;
  // The list beside the journey is ours: the next attempt may replace it.
  if (!rejected_path && !arguments.to_stdout()) rejected_path = *arguments.out + ".rejected.csv";
  check_places(arguments, rejected_path);

  const models::Mapping mapping = mapping_of(arguments);
  const models::BadRows allowed = bad_rows_of(arguments.bad_rows);
  RejectedFile rejected(rejected_path, arguments.rejected ? arguments.existing() : engine::Existing::replace);
  ReadLog events;
  std::optional<ReadLog> test;
  {
    const Graceful graceful;
    events = read_log(arguments.events, mapping, allowed, rejected);
    if (arguments.test) test = read_log(*arguments.test, mapping, allowed, rejected);
    rejected.commit();
  }
  if (rejected.has_rows()) {
    console.say(console.err().say("sojourn: wrote{0}\n", {" " + engine::printable_path(rejected.name())}));
  }

  LearnResult result;
  result.program = program_name();
  result.out = *arguments.out;
  result.events.file = arguments.events;
  result.columns = events.shape.columns;
  result.rows = events.shape.rows;
  result.rejected = events.rejected;
  result.journey =
      models::learn_journey(events.log, options_of(arguments, mapping),
                            std::make_shared<const models::SourceText>(models::SourceText{arguments.events, {}}));
  const std::string name = std::filesystem::path(arguments.events).filename().string();
  const std::string text = models::learned_text(result.journey, arguments.title.value_or(name), name);
  if (test) {
    LearnTest tested;
    tested.file.file = *arguments.test;
    tested.held_out = models::held_out(result.journey, events.log, test->log);
    tested.likeness = models::likeness(result.journey, text, events.log, test->log, arguments.seed);
    result.test = std::move(tested);
  }
  if (arguments.to_stdout()) {
    console.print(text);
  } else {
    const Graceful graceful;
    engine::write_file(*arguments.out, arguments.existing(), text);
    console.say(console.err().say("sojourn: wrote{0}\n", {" " + engine::printable_path(*arguments.out)}));
  }
  if (arguments.outputs.json) write_document(arguments.outputs, learn_json(result), console);
  if (console.talks() && !arguments.outputs.json_on_stdout() && !arguments.to_stdout()) {
    console.print(learn_page(result, console.out()) + next_steps(arguments, console.out()));
  }
  return exit_code::ok;
}

}  // namespace sojourn::tools
