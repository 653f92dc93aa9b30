#include "tools/batch/scheduler.h"

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

std::string slurm(const ScriptRequest& request) {
  const std::string study = shell_word(request.study), folder = shell_word(request.folder);
  return fmt::format(
      R"(#!/bin/bash
# {2} parts of one study, on whichever nodes are free. Give it again after any trouble: what is done is not done again.
#   array=$(sbatch --parsable THIS)
#   sbatch --dependency=afterok:$array --wrap {3}
#SBATCH --array=1-{2}
#SBATCH --cpus-per-task=4
#SBATCH --time=04:00:00
#SBATCH --signal=B:TERM@60
#SBATCH --requeue
set -eu
exec sojourn batch {0} --dir {1} --shard "$SLURM_ARRAY_TASK_ID/{2}" --threads "$SLURM_CPUS_PER_TASK"
)",
      study, folder, request.shards,
      shell_word("sojourn merge " + study + " --dir " + folder + " --out " + shell_word(request.result)));
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
	sojourn batch {0} --dir {1} --shard $@/{3} --threads 1
)",
                     study, folder, result, request.shards);
}

std::string snakemake(const ScriptRequest& request) {
  const auto braces = [](const std::string& text) {  // snakemake formats the command
    std::string doubled;
    for (const char c : text) doubled += c == '{' || c == '}' ? std::string(2, c) : std::string(1, c);
    return doubled;
  };
  const std::string study = braces(shell_word(request.study)), folder = braces(shell_word(request.folder)),
                    result = braces(shell_word(request.result));
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
                                       std::to_string(request.shards) + " --threads {threads}"),
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
  switch (request.scheduler) {
    case Scheduler::slurm: return slurm(request);
    case Scheduler::make: return make(request);
    case Scheduler::snakemake: return snakemake(request);
  }
  return "";
}

}  // namespace sojourn::tools
