#pragma once
// A driver analysis as tidy tables.

#include "models/drivers/drivers.h"
#include "tools/output/csv.h"

#include <vector>

namespace sojourn::tools {

/// The tables of drivers_csv.
std::vector<NamedTable> drivers_tables(const models::Drivers& drivers);

/// drivers.csv (derivatives and effects), insight_map.csv (one row a touchpoint), touchpoint_effects.csv (removals and Shapley
/// values), left_out.csv and provenance.json.
std::vector<TextFile> drivers_csv(const models::Drivers& drivers, const models::Provenance& provenance);

}  // namespace sojourn::tools
