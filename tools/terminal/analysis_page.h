#pragma once
// What the responses of a study say, on a terminal.

#include "models/study/analysis.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

/// For each figure that was analysed: which factors matter (of the journey as it is), and which option is best; then what cannot be had better for less. Empty
/// where there is nothing to say.
std::string analysis_page(const models::StudyAnalysis& analysis, const models::StudyData& data,
                          const std::string& money, const Look& look);

}  // namespace sojourn::tools
