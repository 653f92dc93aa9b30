#pragma once
// A regular file's bytes in one go.

#include <cstddef>
#include <string>

namespace sojourn::engine::detail {

/// Throws IoError where it cannot be read, is not a regular file or is larger than `most` bytes. Never waits for a
/// pipe.
std::string read_bytes(const std::string& path, std::size_t most);

}  // namespace sojourn::engine::detail
