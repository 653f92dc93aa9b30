#include "tools/batch/mpi_program.h"

#include "engine/base/io_error.h"
#include "tools/program/errors.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

namespace sojourn::tools {

std::optional<std::string> mpi_program() {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  if (error) return std::nullopt;
  for (const auto& candidate : {here / "sojourn-mpi", here.parent_path() / "libexec" / "sojourn" / "sojourn-mpi"})
    if (::access(candidate.c_str(), X_OK) == 0) return candidate.string();
  return std::nullopt;
}

void become_mpi_program(std::span<const std::string> arguments) {
  const auto program = mpi_program();
  if (!program) {
    throw UsageError(
        "mpirun started this, but it was built without MPI, so every process would do all the work. Build it where "
        "libopenmpi-dev is installed, or give each process its part with --shard K/N");
  }
  std::vector<std::string> words = {*program, "batch"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> values;
  for (std::string& word : words) values.push_back(word.data());
  values.push_back(nullptr);
  ::execv(program->c_str(), values.data());
  throw engine::IoError(engine::Access::read, "start", *program, errno);
}

}  // namespace sojourn::tools
