#pragma once
// The journey's targets beside what was simulated (Soll and Prognose).

#include "tools/json/json_text.h"

namespace sojourn::tools {

/// `targets`: addresses of figures and what they should be; `document`: a run or compare document, whole. A list of
/// {address, metric, touchpoint?, channel?, persona?, unit, target, cases: [{figure, gap, verdict}]}, the base first. A figure that
/// the document does not have is null, and its verdict "unclear".
Json targets_part(const Json& targets, const Json& document);

}  // namespace sojourn::tools
