#pragma once
// The verb `batch`, alone or as one of the processes of a team.

#include "tools/batch/team.h"

#include <span>
#include <string>

namespace sojourn::tools {

/// `team`: null where this process works alone.
int batch_as(std::span<const std::string> arguments, Console& console, Team* team);

}  // namespace sojourn::tools
