#pragma once
// What was measured (Ist), as the page shows it beside targets and forecasts.

#include "tools/json/json_text.h"

namespace sojourn::tools {

/// `document`: a run or compare document, whole. Its `observed` with, for each address, the place that the address names,
/// metric and unit as in targets_part, and `forecasts`: the figure in each scenario. Empty where nothing was observed.
Json observed_part(const Json& document);

}  // namespace sojourn::tools
