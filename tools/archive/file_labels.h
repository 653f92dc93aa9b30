#pragma once
// What files are called in a result, which holds no folder of theirs.

#include "models/score/result.h"

#include <string>
#include <vector>

namespace sojourn::tools::detail {

/// What stays of a path: its last part, as UTF-8. Combined what-ifs are "a/x.yaml + b/y.yaml": "x.yaml + y.yaml".
std::string file_name(const std::string& path);

/// What a file is called in a list of few: "warm-bench" for "what-ifs/warm-bench.yaml"; its title where it has no name.
std::string short_name(const models::FileStamp& stamp);

/// Later ones of the same name get a number, so that every label names one thing: "a", "a (2)".
std::vector<std::string> distinct(std::vector<std::string> labels);

}  // namespace sojourn::tools::detail
