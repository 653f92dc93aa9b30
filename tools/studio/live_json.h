#pragma once
// Figures as the studio's page shows them: the shapes of sojourn.report/1 (tools/report/FORMAT.md) with what moves at every slider.

#include "models/score/result.h"
#include "tools/json/json_text.h"

namespace sojourn::tools {

/// A case: overall, personas (with touchpoints), touchpoints.
Json live_figures(const models::Figures& figures, const models::Names& names);

/// An entry of `scenarios` of a comparison.
Json live_scenario(const models::Comparison& comparison, const models::Names& names);

/// [estimate, lo, hi, p_better, adjusted_lo, adjusted_hi].
Json live_difference(const models::Figure& figure);

}  // namespace sojourn::tools
