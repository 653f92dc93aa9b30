#pragma once
// What a persona's overrides may touch, as far as the file tells before they are applied (models/change/views.h).

#include "models/journey/lookup.h"
#include "models/text/tree.h"

#include <string_view>

namespace sojourn::models {

/// Whether a persona's override may touch an address: touchpoints, pains, outcomes, start and satisfaction. Says so if
/// not.
bool may_override(std::string_view address, const Mark& mark, Diagnostics& diagnostics);

/// Reports addresses that lead to nothing and values of the wrong kind. `overrides` is a persona's list.
void check_overrides(const Tree& journey, const Tree& overrides, Lookup& lookup, Diagnostics& diagnostics);

}  // namespace sojourn::models
