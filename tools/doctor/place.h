#pragma once
// What a folder is good for.

#include <cstdint>
#include <optional>
#include <string>

namespace sojourn::tools {

struct Place {
  std::string path;
  std::optional<std::uint64_t> free_bytes;  // for this user
  std::string not_written;                  // why files cannot be written; empty if they can
  std::string not_locked;                   // why they cannot be locked as batches do; empty if they can
};

/// Writes and locks a file that has no name, or none for long: nothing stays. Never throws.
Place look_at_place(const std::string& path);

}  // namespace sojourn::tools
