#pragma once
// From a case (a journey as each persona sees it) to the tables that the walk reads.

#include "models/behaviour/atlas.h"
#include "models/behaviour/quantiles.h"
#include "models/behaviour/tables.h"

#include <vector>

namespace sojourn::models {

/// The atlas must have been made of this case among others. Throws InputError where amounts of money or effort are too
/// large to be summed exactly over a journey. `quantiles`: made already, and room for more; none: its own.
JourneyTables compile(const Case& one, const Atlas& atlas, std::shared_ptr<Quantiles> quantiles = {});

/// What `compile` makes quantile functions of, for Quantiles::prepare; the same may be there several times.
std::vector<const Distribution*> distributions_of(const Case& one);

}  // namespace sojourn::models
