#pragma once
// Where the program is that speaks MPI. It is another one, so that this one need not load MPI's libraries.

#include <optional>
#include <span>
#include <string>

namespace sojourn::tools {

/// `sojourn-mpi` beside this program, or in ../libexec/sojourn; nothing where there is none.
std::optional<std::string> mpi_program();

/// This process goes on as `sojourn-mpi batch ARGUMENTS`. Throws UsageError where there is none.
[[noreturn]] void become_mpi_program(std::span<const std::string> arguments);

}  // namespace sojourn::tools
