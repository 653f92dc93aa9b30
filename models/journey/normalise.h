#pragma once
// Short forms written out: `next.u: 0.8` becomes {weight: 0.8}, `start: v` becomes {v: 1}. A number that stands for a
// distribution stays a number, and unwritten fields stay unwritten (models/journey/defaults.h).

#include "models/journey/fields.h"
#include "models/text/tree.h"

namespace sojourn::models {

/// Rewrites in place and keeps the marks. What is not as the table says is left as it is.
void normalise(Tree& tree, const Type& type);
void normalise(Tree& file, const Record& record);

}  // namespace sojourn::models
