#pragma once
// What batch systems say in the environment about which part of a job a process is, and scripts for them.

#include "tools/batch/unit_plan.h"
#include "tools/terminal/look.h"

#include <optional>
#include <string>
#include <vector>

namespace sojourn::tools {

/// The part that a Slurm job array gives this process (SLURM_ARRAY_TASK_ID, _MIN, _STEP, _COUNT); nothing outside of one. Throws
/// UsageError where the numbers of the array have gaps, so that no part can be told from them.
std::optional<Shard> array_shard(const Environment& environment);

/// How many processes mpirun of Open MPI started; nothing outside of it.
std::optional<std::uint64_t> mpi_processes(const Environment& environment);

enum class Scheduler { slurm, make, snakemake };

struct ScriptRequest {
  Scheduler scheduler = Scheduler::slurm;
  std::string study;                // as the user wrote it
  std::string folder;               // --dir
  std::string result;               // --out
  std::vector<std::string> inputs;  // all that is read; a part is made again where one is newer
  std::uint64_t shards = 1;
  bool finish = false;  // --on-error finish
};

/// A script that runs the study in so many parts, merges them, and can be given again after any trouble. Throws UsageError where a path
/// cannot stand in one.
std::string script_for(const ScriptRequest& request);

}  // namespace sojourn::tools
