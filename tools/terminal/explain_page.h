#pragma once
// The equation of a touchpoint's visits in words and numbers.

#include "models/exact/explain.h"
#include "tools/terminal/look.h"

#include <string>
#include <vector>

namespace sojourn::tools {

/// `result` is the exact one that `equations` come from.
std::string explain_page(const models::RunResult& result, std::uint32_t touchpoint,
                         const std::vector<models::ExplainedVisits>& equations, const Look& look);

}  // namespace sojourn::tools
