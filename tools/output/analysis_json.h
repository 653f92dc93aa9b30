#pragma once
// The part "analysis" of the document sojourn.batch/1.

#include "models/study/analysis.h"
#include "tools/output/json_text.h"

namespace sojourn::tools {

/// {"metrics": {"nps": {"factors": [{"scenario", "sobol", "morris", "regression", "tornado", "left_out"}], "ranking": {...}}}, "pareto": {...}}:
/// what a study does not have is not there. Factors are by address, scenarios by title; times in hours.
Json analysis_json(const models::StudyAnalysis& analysis, const models::StudyData& data);

}  // namespace sojourn::tools
