#pragma once
// The parts "results" and "analysis" of the documents sojourn.batch/1 and sojourn.study/1.

#include "models/study/analysis.h"
#include "tools/json/json_text.h"

namespace sojourn::tools {

/// {"scenarios": [title], "scenario_cost_per_journey": [number], "factors": [{"address", "label", "values": [point]}], "means": {"nps":
/// [scenario][point], ...}}: every point, times in hours; means are over replications, null where a run failed.
Json points_json(const models::StudyData& data);

/// {"metrics": {"nps": {"factors": [{"scenario", "varies", "sobol", "morris", "regression", "tornado", "left_out"}], "ranking": {...}}}, "pareto": {...}}:
/// what a study does not have is not there. Factors are by address, scenarios by title; times in hours.
Json analysis_json(const models::StudyAnalysis& analysis, const models::StudyData& data);

/// Why KN names no best option: "too_many_options", "not_yet" or "too_few_observations"; null where it names one.
Json undecided_because(const models::Ranking& ranking);

}  // namespace sojourn::tools
