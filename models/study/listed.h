#pragma once
// Points of a study that stand in a table.

#include "models/study/factors.h"

namespace sojourn::models {

/// The name of the column that holds draws of the posterior.
inline constexpr const char* kPosteriorColumn = "posterior";

/// Reads a CSV whose header holds addresses and, where the study has a posterior, `posterior` (which of its draws, from 0). An empty
/// cell is the journey's own value. Fills Study::factors, list and list_source. Throws MissingFile.
void read_listed(const std::string& path, const FactorPlaces& places, Study& study, Diagnostics& diagnostics);

}  // namespace sojourn::models
