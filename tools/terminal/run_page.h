#pragma once
// A run as a strategist reads it.

#include "models/score/result.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

/// Headline figures with intervals, personas, touchpoints, how it ends, goals and pains.
std::string run_page(const models::RunResult& result, const Look& look);

/// The same of a run of which only visits are known.
std::string visits_page(const models::RunResult& result, const Look& look);

}  // namespace sojourn::tools
