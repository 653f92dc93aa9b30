#pragma once
// What a file is by its first bytes, where it decides who reads it.

#include <string>

namespace sojourn::tools {

/// Throws models::MissingFile where it cannot be read: a pipe too, on which a reader would wait for ever.
bool is_hdf5(const std::string& path);

}  // namespace sojourn::tools
