#pragma once
// Chance must have something to choose from: somebody who travels, somewhere to start, a way on, a way to use it.

#include "models/text/tree.h"

namespace sojourn::models {

/// Reports shares and weights that are all 0, or too large to be added up. Those that are wrong by themselves (no
/// numbers, negative) are passed over: they are told already.
void check_choices(const Tree& journey, Diagnostics& diagnostics);

}  // namespace sojourn::models
