// sojourn batch: a designed study, in units that survive whatever happens, over threads, processes and machines.

#include "tools/batch/batch_job.h"

#include "engine/random/luck.h"
#include "engine/store/manifest.h"
#include "engine/walk/chunks.h"
#include "tools/arguments/common.h"
#include "tools/batch/batch.h"
#include "tools/batch/dry_run.h"
#include "tools/batch/mpi_program.h"
#include "tools/batch/one_row.h"
#include "tools/batch/publish.h"
#include "tools/batch/scheduler.h"
#include "tools/batch/team.h"
#include "tools/command.h"
#include "tools/job/folder.h"
#include "tools/output/salib.h"
#include "tools/program/errors.h"
#include "tools/program/exit_code.h"
#include "tools/program/interrupt.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/text.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>

namespace sojourn::tools {
namespace {

struct BatchArguments {
  std::string study;
  std::optional<std::string> folder, fork, shard, on_error, progress, emit;
  std::optional<std::uint64_t> point, replication, threads, shards;
  bool dry_run = false, quiet = false, named_result = false;
  OutputPlan outputs;
};

BatchArguments read(std::span<const std::string> given) {
  BatchArguments to;
  Arguments arguments(
      "batch",
      "Carries out a study: every point of its design, every replication, the same customers through the journey as it "
      "is and "
      "through every what-if. What is done is kept, and given again it goes on where it was, with any threads and "
      "processes: "
      "the result is the same to the byte. 'mpirun -n R sojourn batch STUDY' works on it with R processes.",
      "  sojourn batch study.yaml --dry-run\n"
      "  sojourn batch study.yaml --csv tables\n"
      "  sojourn batch study.yaml --shard 1/8        # and 2/8 ... elsewhere, then: sojourn merge study.yaml\n");
  arguments.operand(to.study, "STUDY", "the study's file");
  arguments.text(to.folder, "--dir", "DIR", "where what is done is kept (the study's name with .batch)");
  arguments.text(to.outputs.archive, "--out", "FILE.h5", "the result (the study's name with .h5)");
  arguments.text(to.shard, "--shard", "K/N", "part K of N only (in a Slurm array that of the task)");
  arguments.flag(to.dry_run, "--dry-run", "say how much work it is, and do none");
  arguments.choice(to.on_error, "--on-error", {"stop", "finish"},
                   "what a run that fails does to the others: all stop, or all but it are finished (stop)");
  arguments.text(to.fork, "--fork", "DIR",
                 "go on in another folder after the study was changed, with the runs of the old one that still fit");
  arguments.count(to.threads, "--threads", "T", {1, 1024}, "threads to use (all); changes no digit of the result");
  arguments.count(to.point, "--point", "P", {0, UINT64_MAX - 1},
                  "make this one point again, look at it and keep nothing");
  arguments.count(to.replication, "--replication", "R", {0, engine::kReplicateLimit - 1},
                  "with --point: which replication (0)");
  arguments.text(to.outputs.csv, "--csv", "DIR", "a folder of tidy tables");
  arguments.text(to.outputs.json, "--json", "FILE", "what was done as JSON; - is standard output");
  arguments.text(to.outputs.report, "--report", "FILE.html", "the result as one web page, to mail, project and print");
  arguments.choice(to.progress, "--progress", {"lines", "json"},
                   "how it says how far it is, on standard error (lines)");
  arguments.choice(to.emit, "--emit", {"slurm", "make", "snakemake", "salib", "points"},
                   "print a script that runs the study in parts or, for those who analyse with SALib, one in Python, "
                   "or the points as CSV; and do nothing else");
  arguments.count(to.shards, "--shards", "N", {1, 1'000'000}, "with --emit: in how many parts (8)");
  arguments.choice(to.outputs.language, "--lang", {"en", "de"}, "the language on the terminal (en)");
  arguments.flag(to.outputs.force, "--force", "replace outputs that exist");
  arguments.flag(to.quiet, "--quiet", "no tables, no progress and no notes");
  arguments.read(given);
  if (to.shard && !read_shard(*to.shard)) {
    arguments.refuse("'--shard' is '" + *to.shard + "', but must be K/N with K from 1 to N: 3/8");
  }
  if (to.replication && !to.point) arguments.refuse("'--replication' needs '--point'");
  if (to.shards && !to.emit) arguments.refuse("'--shards' needs '--emit'");
  if (to.emit && to.dry_run) arguments.refuse("'--emit' and '--dry-run' exclude each other");
  if (to.outputs.archive == "-") arguments.refuse("'--out' needs a file: HDF5 is not written to standard output");
  to.outputs.inputs = {to.study};
  to.named_result = to.outputs.archive.has_value();
  if (!to.named_result) to.outputs.archive = default_result(to.study);
  return to;
}

const char* variable(const char* name) { return std::getenv(name); }

Shard shard_of(const BatchArguments& arguments, const Console& console) {
  if (arguments.shard) return *read_shard(*arguments.shard);
  const auto shard = array_shard(variable);
  if (!shard) return {};
  console.say(console.err().say("sojourn: task of a Slurm array: part {0} of {1}\n",
                                {std::to_string(shard->k), std::to_string(shard->n)}));
  return *shard;
}

BatchRequest request_of(const BatchArguments& arguments, const Console& console) {
  BatchRequest request;
  request.study = arguments.study;
  request.folder = arguments.folder.value_or(default_folder(arguments.study));
  if (arguments.fork) {
    request.fork_of = request.folder;
    request.folder = *arguments.fork;
  }
  request.shard = shard_of(arguments, console);
  if (arguments.on_error == "finish") request.on_error = BatchRequest::OnError::finish;
  request.threads = static_cast<int>(arguments.threads.value_or(0));
  if (arguments.progress == "json") request.progress = BatchProgress::Form::json;
  return request;
}

ScriptRequest script_of(const BatchArguments& arguments, const StudyWork& work) {
  ScriptRequest request;
  request.scheduler = arguments.emit == "slurm"  ? Scheduler::slurm
                      : arguments.emit == "make" ? Scheduler::make
                                                 : Scheduler::snakemake;
  request.study = arguments.study;
  request.folder = arguments.folder.value_or(default_folder(arguments.study));
  request.result = *arguments.outputs.archive;
  request.shards = arguments.shards.value_or(8);
  request.inputs = work.files();
  request.finish = arguments.on_error == "finish";
  return request;
}

/// What is said where the shard or the study is not complete, or a run failed.
void tell_outcome(const BatchRequest& request, const BatchOutcome& outcome, bool complete, const Console& console) {
  const Look& look = console.err();
  if (!outcome.failures.empty()) {
    const FailedRow& first = outcome.failures.front();
    console.complain(
        "sojourn: " + std::to_string(outcome.failures.size()) + " of the runs failed, the first with: " + first.why +
        ". " + engine::printable_path(request.folder) + "/failures*.csv has them all, and how each is made again\n");
  }
  if (stop_signal() != 0) {
    console.say(look.say("sojourn: stopped; what is done is kept in {0}, and the same command goes on\n",
                         {engine::printable_path(request.folder)}));
  } else if (!complete && !outcome.stopped) {
    console.say(
        look.say("sojourn: part {0} of {1} is done; when all are, 'sojourn merge {2}' makes the result\n",
                 {std::to_string(request.shard.k), std::to_string(request.shard.n), shell_word(request.study)}));
  }
}

int carry_out_and_publish(const BatchArguments& arguments, const StudyWork& work, Team* team, Console& console) {
  BatchRequest request = request_of(arguments, console);
  if (!request.shard.is_whole() && (arguments.outputs.csv || arguments.outputs.report || arguments.named_result)) {
    throw UsageError(
        "'--out', '--csv' and '--report' are of the whole study: a part has no result. Give them to 'sojourn merge'");
  }
  const Graceful graceful;
  const OutputPlan& outputs = arguments.outputs;
  if (request.fork_of && !std::filesystem::exists(*request.fork_of + "/manifest")) {
    // A folder of units, whose ever: they tell themselves what they are, even beside a damaged manifest.
    throw engine::IoError(engine::Access::read, "open", *request.fork_of + "/manifest", ENOENT);
  }
  // What the folder says of a changed study is more than what a result of the old one would.
  if (!request.fork_of && std::filesystem::exists(request.folder + "/manifest"))
    StudyFolder(request.folder, work.manifest(), work.unit_plan()).open_for_reading(request.study);
  check_places(outputs, work, {&request.folder, 1}, request.shard.is_whole(), console);
  if (team != nullptr) request.helpers = &team->begin(work);
  const BatchOutcome outcome = carry_out(work, request, console);

  BatchReport report{arguments.study, request.folder, *outputs.archive, request.shard,
                     false,           &outcome,       outcome.failures, 0};
  report.threads = engine::worker_count({.threads = request.threads});
  std::optional<engine::Archive> archive;
  if (!outcome.stopped && request.shard.is_whole()) {
    try {
      MergedRows rows(work, arguments.study, {request.folder});
      rows.expect_complete();
      archive = publish(work, rows, outputs, console);
      report.complete = true;
      report.archive = &*archive;
      write_page(outputs, work, *archive, {arguments.study, "sojourn batch " + shell_word(arguments.study)}, console);
    } catch (const Stopped&) {
      tell_outcome(request, outcome, false, console);
      return exit_code::stopped_and_kept;
    }
  }
  tell_outcome(request, outcome, report.complete, console);
  if (outputs.json) write_report(outputs, work, report, console);
  if (archive && !outputs.json_on_stdout() && console.talks()) console.print(study_page(*archive, console.out()));
  if (stop_signal() != 0) return exit_code::stopped_and_kept;
  return outcome.failures.empty() ? exit_code::ok : exit_code::bad_data;
}

}  // namespace

int batch_as(std::span<const std::string> given, Console& console, Team* team) {
  const BatchArguments arguments = read(given);
  if (arguments.quiet) console.set_talk(Talk::quiet);
  console.speak(arguments.outputs.language);
  if (team != nullptr && !team->leads()) {
    team->help(arguments.study, static_cast<int>(arguments.threads.value_or(0)), console);
    return exit_code::ok;
  }
  Warnings warnings(console);
  const std::unique_ptr<StudyWork> work = read_study_work(arguments.study, warnings);
  if (arguments.emit) {
    const models::Plan& plan = work->plan();
    console.print(arguments.emit == "salib"    ? salib_script(plan, arguments.study)
                  : arguments.emit == "points" ? points_csv(plan)
                                               : script_for(script_of(arguments, *work)));
    return exit_code::ok;
  }
  const int threads = static_cast<int>(arguments.threads.value_or(0));
  if (arguments.dry_run) {
    const std::string folder = arguments.folder.value_or(default_folder(arguments.study));
    return dry_run(*work, folder, threads, arguments.outputs, console);
  }
  if (arguments.point) {
    if (*arguments.point >= work->points() || arguments.replication.value_or(0) >= work->replications()) {
      throw UsageError("the study has points 0 to " + std::to_string(work->points() - 1) + " and replications 0 to " +
                       std::to_string(work->replications() - 1));
    }
    return one_row(*work, *arguments.point * work->replications() + arguments.replication.value_or(0), threads,
                   console);
  }
  return carry_out_and_publish(arguments, *work, team, console);
}

int batch(std::span<const std::string> given, Console& console) {
  const bool only_asks = given.size() == 1 && given.front() == "--help";
  if (mpi_processes(variable) && !only_asks) become_mpi_program(given);
  return batch_as(given, console, nullptr);
}

}  // namespace sojourn::tools
