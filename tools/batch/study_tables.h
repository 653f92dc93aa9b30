#pragma once
// The figures of a study as tidy tables.

#include "engine/store/archive.h"
#include "tools/output/csv.h"

#include <vector>

namespace sojourn::tools {

/// points.csv, and for what is kept overall.csv, personas.csv, touchpoints.csv, answers.csv, outcomes.csv, goals.csv, pains.csv ... : a
/// row for each figure of each point, replication and what-if. failures.csv where any row failed. Single journeys are in none.
std::vector<TextFile> study_tables(const engine::Archive& archive);

}  // namespace sojourn::tools
