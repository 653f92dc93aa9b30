#pragma once
// Whatever ends a command, as an exit code (tools/program/exit_code.h) and, where there is something to say, a message.

#include "tools/program/console.h"

#include <functional>

namespace sojourn::tools {

/// Runs it; throws nothing.
int guarded(const std::function<int()>& work, Console& console);

}  // namespace sojourn::tools
