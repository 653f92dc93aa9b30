#pragma once
// Whatever ends a command, as an exit code (tools/program/exit_code.h) and, where there is something to say, a message.

#include "engine/base/io_error.h"
#include "tools/program/console.h"

#include <functional>

namespace sojourn::tools {

/// Whether it is a file that is not there or cannot be read (exit 66), and not a device that fails.
bool is_unreadable(const engine::IoError& error);

/// Runs it; throws nothing.
int guarded(const std::function<int()>& work, Console& console);

}  // namespace sojourn::tools
