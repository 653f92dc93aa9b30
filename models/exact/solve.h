#pragma once
// A journey's figures without chance, as far as they can be had.

#include "models/behaviour/atlas.h"
#include "models/behaviour/tables.h"
#include "models/score/result.h"

#include <string>
#include <utility>
#include <vector>

namespace sojourn::models {

struct ExactAnswer {
  /// Errors are 0. Where `not_exact` has an entry, an interval that is proven, or nothing.
  Figures figures;
  NotExact not_exact;
};

/// `atlas` and `tables` must have been made of this case. Personas are solved side by side, by as many threads (0: all); the answer
/// is the same. Throws InputError where some agents find no way on.
ExactAnswer solve_exactly(const Case& one, const Atlas& atlas, const JourneyTables& tables, const Names& names,
                          int threads = 0);

}  // namespace sojourn::models
