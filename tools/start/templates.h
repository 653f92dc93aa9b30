#pragma once
// What `new` writes: a small journey, a what-if on it and a word on how to go on.

#include "tools/output/csv.h"

#include <string_view>
#include <vector>

namespace sojourn::tools {

/// journey.yaml, what-if.yaml and README.md, with comments in that language ("en" or "de").
std::vector<TextFile> starting_files(std::string_view language);

}  // namespace sojourn::tools
