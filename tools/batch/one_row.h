#pragma once
// One run of a study again, to look at: what failures.csv says to do.

#include "tools/batch/study_work.h"
#include "tools/program/console.h"

namespace sojourn::tools {

/// Prints the point and what came of it, and keeps nothing. Throws InputError, with all places, where its journey is not valid. Returns
/// the exit code.
int one_row(const StudyWork& work, std::uint64_t row, int threads, const Console& console);

}  // namespace sojourn::tools
