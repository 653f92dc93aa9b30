#pragma once
// A folder of files that appears whole or not at all.

#include "engine/store/safe_file.h"
#include "tools/output/csv.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools {

/// Throws engine::TargetExists for a folder that holds something (unless it is to be replaced), engine::IoError where it
/// cannot be made. Leaves nothing behind.
void check_folder(const std::string& path, engine::Existing existing);

/// Writes the files into a folder beside the target and renames that. With Existing::replace into a folder that is there
/// already, file by file, each whole; then those of `ours` that were not written go, for they tell of another result.
/// Other files in it stay.
void write_folder(const std::string& path, engine::Existing existing, const std::vector<TextFile>& files,
                  std::span<const std::string_view> ours = {});

}  // namespace sojourn::tools
