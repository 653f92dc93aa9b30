#pragma once
// What the ids and addresses of a journey mean: everything that is named exists, and chance has something to choose
// from.

#include "models/text/tree.h"

namespace sojourn::models {

/// Reports what is wrong with a normalised journey beyond the field table: names of nothing, guards that cannot be,
/// shares and weights that are all 0, addresses in `uncertain` and `calibrate`, figures in `targets`. Parts that are
/// not as the table says are passed over, so that a file's problems can be reported in one go.
void check_references(const Tree& journey, Diagnostics& diagnostics);

}  // namespace sojourn::models
