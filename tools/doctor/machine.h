#pragma once
// What the machine has that a run or a page needs.

#include <cstdint>
#include <optional>
#include <string>

namespace sojourn::tools {

struct Memory {
  std::uint64_t bytes = 0;
  std::uint64_t free_bytes = 0;
};

/// What this process may have: of the machine, or of its control group where that is less. Nothing where the system does not say.
std::optional<Memory> memory();

/// How many threads a run takes where it is not told.
int default_threads();

/// Where a program stands in PATH.
std::optional<std::string> program_in_path(const std::string& name);

/// The folder that TMPDIR names, else /tmp.
std::string temporary_folder();

}  // namespace sojourn::tools
