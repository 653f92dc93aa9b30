#pragma once
// A comparison as a strategist reads it: what each what-if does, for whom, where it begins, and what it costs.

#include "models/score/result.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

/// The what-if with the largest rise in NPS; the page begins with it.
const models::Comparison& best(const models::CompareResult& result);

/// Best first. `agent`: one whose journey the best what-if changes, to be looked at next.
std::string compare_page(const models::CompareResult& result, std::uint64_t agent, const Look& look);

/// "Of 100 customers 5 become promoters and 1 stops being one; 4 stop being detractors and none becomes one."
std::string flips_in_words(const models::Comparison& comparison, const Look& look);

}  // namespace sojourn::tools
