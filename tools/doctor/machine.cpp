#include "tools/doctor/machine.h"

#include <tbb/info.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace sojourn::tools {
namespace {

/// A number of a file of the kernel; nothing for "max" and where there is no such file.
std::optional<std::uint64_t> number_in(const std::string& path) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  return file >> number ? std::optional(number) : std::nullopt;
}

std::optional<std::uint64_t> line_of_meminfo(const std::string& name) {
  std::ifstream file("/proc/meminfo");
  std::string word, unit;
  std::uint64_t kilobytes = 0;
  while (file >> word >> kilobytes) {
    if (word == name + ":") return kilobytes * 1024;
    std::getline(file, unit);
  }
  return std::nullopt;
}

std::string value_of(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::optional<Memory> memory() {
  const auto total = line_of_meminfo("MemTotal"), free = line_of_meminfo("MemAvailable");
  if (!total || !free) return std::nullopt;
  Memory memory{*total, *free};
  const std::string group = "/sys/fs/cgroup/memory.";  // version 2
  if (const auto limit = number_in(group + "max")) {
    const std::uint64_t used = number_in(group + "current").value_or(0);
    memory.bytes = std::min(memory.bytes, *limit);
    memory.free_bytes = std::min(memory.free_bytes, *limit - std::min(used, *limit));
  }
  return memory;
}

int default_threads() { return std::max(1, tbb::info::default_concurrency()); }

std::optional<std::string> program_in_path(const std::string& name) {
  std::istringstream folders(value_of("PATH"));
  for (std::string folder; std::getline(folders, folder, ':');) {
    std::string path = (folder.empty() ? "." : folder) + "/" + name;
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return std::nullopt;
}

std::string temporary_folder() {
  const std::string named = value_of("TMPDIR");
  return named.empty() ? "/tmp" : named;
}

}  // namespace sojourn::tools
