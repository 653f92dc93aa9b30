#pragma once
// What must hold between the fields of a record, beyond what each must be by itself.

#include "models/journey/fields.h"
#include "models/journey/where.h"
#include "models/text/tree.h"

namespace sojourn::models {

/// Reports where the record's rule is broken. `mark` is where the record's key stands.
void check_rule(const Tree& tree, const Record& record, const Where& where, const Mark& mark, Diagnostics& diagnostics);

}  // namespace sojourn::models
