#include "tools/batch/scheduler.h"

#include "models/text/utf8.h"
#include "tools/program/errors.h"
#include "tools/terminal/text.h"

#include <fmt/core.h>

#include <charconv>
#include <string_view>

namespace sojourn::tools {
namespace {

std::optional<std::uint64_t> number(const Environment& environment, const char* name) {
  const char* text = environment(name);
  if (text == nullptr || *text == '\0') return std::nullopt;
  const std::string_view view = text;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(view.data(), view.data() + view.size(), value);
  if (error != std::errc() || end != view.data() + view.size())
    throw UsageError(fmt::format("the environment has {}={}, which is no whole number", name, view));
  return value;
}

/// What make takes as it stands: a $ is written twice.
std::string for_make(const std::string& text) {
  std::string made;
  for (const char c : text) made += c == '$' ? "$$" : std::string(1, c);
  return made;
}

std::string quoted_for_python(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

/// Options of a part, behind its folder.
std::string options(const ScriptRequest& request) { return request.finish ? " --on-error finish" : ""; }

/// A line break would end a comment or a rule, and what follows it would be a command; in braces snakemake looks for wildcards.
void expect_in_script(const std::string& path, Scheduler scheduler) {
  for (const char c : path) {
    const bool breaks = static_cast<unsigned char>(c) < ' ' || c == 0x7f;
    if (!breaks && !(scheduler == Scheduler::snakemake && (c == '{' || c == '}'))) continue;
    throw UsageError("'--emit' cannot put " + models::quoted(path) + " into a script, for the " +
                     (breaks ? "line break or other control character" : "brace") + " in it. Rename it");
  }
}

std::string slurm(const ScriptRequest& request) {
  const std::string study = shell_word(request.study), folder = shell_word(request.folder);
  return fmt::format(
      R"(#!/bin/bash
# {2} parts of one study, on whichever nodes are free. Give it again after any trouble: what is done is not done again.
#   array=$(sbatch --parsable THIS)
#   sbatch --dependency={4}:$array --wrap {3}
#SBATCH --array=1-{2}
#SBATCH --cpus-per-task=4
#SBATCH --time=04:00:00
#SBATCH --signal=B:TERM@60
#SBATCH --requeue
set -eu
exec sojourn batch {0} --dir {1} --shard "$SLURM_ARRAY_TASK_ID/{2}"{5} --threads "$SLURM_CPUS_PER_TASK"
)",
      study, folder, request.shards,
      shell_word("sojourn merge " + study + " --dir " + folder + " --out " + shell_word(request.result)),
      request.finish ? "afterany" : "afterok", options(request));
}

/// With --on-error finish a part whose runs failed is done all the same; it ends with 65, and so will the merge.
std::string after(const ScriptRequest& request, const char* status) {
  return request.finish ? fmt::format(" || [ {} -eq 65 ]", status) : "";
}

std::string make(const ScriptRequest& request) {
  const std::string study = for_make(shell_word(request.study)), folder = for_make(shell_word(request.folder)),
                    result = for_make(shell_word(request.result));
  return fmt::format(R"(# make -f THIS -j N: {3} parts of one study, N at a time. What is done is not done again.
PARTS := $(shell seq 1 {3})

.PHONY: merge $(PARTS)
merge: $(PARTS)
	sojourn merge {0} --dir {1} --out {2}

$(PARTS):
	sojourn batch {0} --dir {1} --shard $@/{3}{4} --threads 1{5}
)",
                     study, folder, result, request.shards, options(request), after(request, "$$?"));
}

std::string snakemake(const ScriptRequest& request) {
  const std::string study = shell_word(request.study), folder = shell_word(request.folder),
                    result = shell_word(request.result);
  std::string inputs;
  for (const std::string& input : request.inputs) inputs += (inputs.empty() ? "" : ", ") + quoted_for_python(input);
  return fmt::format(R"(# snakemake -s THIS -j N: {5} parts of one study. What is done is not done again.
PARTS = range(1, {5} + 1)
READ = [{0}]

rule merge:
    input: READ, expand({4}, part=PARTS)
    output: {3}
    shell: {2}

rule part:
    input: READ
    output: touch({4})
    threads: 1
    shell: {1}
)",
                     inputs,
                     quoted_for_python("sojourn batch " + study + " --dir " + folder + " --shard {wildcards.part}/" +
                                       std::to_string(request.shards) + options(request) + " --threads {threads}" +
                                       after(request, "$?")),
                     quoted_for_python("sojourn merge " + study + " --dir " + folder + " --out " + result),
                     quoted_for_python(request.result), quoted_for_python(request.folder + ".parts/{part}.done"),
                     request.shards);
}

}  // namespace

std::optional<Shard> array_shard(const Environment& environment) {
  const auto id = number(environment, "SLURM_ARRAY_TASK_ID");
  if (!id) return std::nullopt;
  const auto count = number(environment, "SLURM_ARRAY_TASK_COUNT");
  const std::uint64_t least = number(environment, "SLURM_ARRAY_TASK_MIN").value_or(1);
  const std::uint64_t step = number(environment, "SLURM_ARRAY_TASK_STEP").value_or(1);
  const bool known = count && step > 0 && *id >= least && (*id - least) % step == 0 && (*id - least) / step < *count;
  if (!known) {
    throw UsageError(
        fmt::format("task {} of this Slurm array does not say which part of the study it is. Say it with "
                    "--shard K/N, or give the array consecutive numbers: --array=1-N",
                    *id));
  }
  return Shard{(*id - least) / step + 1, *count};
}

std::optional<std::uint64_t> mpi_processes(const Environment& environment) {
  return number(environment, "OMPI_COMM_WORLD_SIZE");
}

std::string script_for(const ScriptRequest& request) {
  for (const std::string* path : {&request.study, &request.folder, &request.result})
    expect_in_script(*path, request.scheduler);
  for (const std::string& path : request.inputs) expect_in_script(path, request.scheduler);
  switch (request.scheduler) {
    case Scheduler::slurm: return slurm(request);
    case Scheduler::make: return make(request);
    case Scheduler::snakemake: return snakemake(request);
  }
  return "";
}

}  // namespace sojourn::tools
