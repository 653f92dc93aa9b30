#pragma once
// The document sojourn.explain/1.

#include "models/exact/explain.h"

#include <string>
#include <vector>

namespace sojourn::tools {

std::string explain_json(const models::RunResult& result, std::uint32_t touchpoint,
                         const std::vector<models::ExplainedVisits>& equations);

}  // namespace sojourn::tools
