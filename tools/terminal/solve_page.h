#pragma once
// Exact figures as a strategist reads them.

#include "models/score/result.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

/// The page of a run without its intervals, and what has no exact answer and why.
std::string solve_page(const models::RunResult& result, const Look& look);

}  // namespace sojourn::tools
