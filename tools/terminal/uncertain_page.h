#pragma once
// The part of a page about what is not known of the inputs.

#include "models/score/result.h"
#include "tools/terminal/look.h"

#include <string>
#include <vector>

namespace sojourn::tools {

/// Of a comparison that has `uncertain`. `order`: its scenarios as the page has them.
std::string uncertain_inputs(const models::CompareResult& result, const std::vector<const models::Comparison*>& order,
                             const Look& look);

/// Of a run that has `uncertain`.
std::string uncertain_inputs(const models::RunResult& result, const Look& look);

}  // namespace sojourn::tools
