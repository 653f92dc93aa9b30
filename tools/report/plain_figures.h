#pragma once
// Figures as plain SVG, for the form of the page that has no script.

#include "tools/report/words.h"

#include <string>
#include <vector>

namespace sojourn::tools {

/// The change in NPS of every scenario (of the document sojourn.report/1), overall and by persona, on one scale.
std::string plain_forest(const std::vector<const Json*>& scenarios, const Json& names, const PageWords& say);

/// Shares of the answers 0 to 10.
std::string plain_histogram(const Json& shares, const PageWords& say);

}  // namespace sojourn::tools
