#pragma once
// How much work a study is, found by trying a little of it.

#include "tools/batch/study_work.h"
#include "tools/job/outputs.h"

namespace sojourn::tools {

/// Prints points, runs, journeys, and what they will take in time, memory and disk; with --json as a document. Returns the exit code.
int dry_run(const StudyWork& work, const std::string& folder, int threads, const OutputPlan& outputs,
            const Console& console);

}  // namespace sojourn::tools
