#pragma once
// What the ids and addresses of a journey mean: everything that is named exists, and chance has something to choose from.

#include "models/text/tree.h"

#include <string_view>

namespace sojourn::models {

/// Reports what is wrong with a normalised journey beyond the field table: names of nothing, guards that cannot be,
/// shares and weights that are all 0, addresses in `uncertain` and `calibrate`, figures in `targets`. Parts that are
/// not as the table says are passed over, so that a file's problems can be reported in one go.
void check_references(const Tree& journey, Diagnostics& diagnostics);

/// Whether a persona's override may touch an address: touchpoints, pains, outcomes, start and satisfaction. Says so if not.
bool may_override(std::string_view address, const Mark& mark, Diagnostics& diagnostics);

}  // namespace sojourn::models
