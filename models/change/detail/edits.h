#pragma once
// The verbs of a change, one file each, behind models/change/change.h.

#include "models/change/change.h"
#include "models/journey/address.h"

namespace sojourn::models::detail {

Effect scale(const Change& change, Tree& journey, Diagnostics& diagnostics);
Effect shift(const Change& change, Tree& journey, Diagnostics& diagnostics);
Effect remove(const Change& change, Tree& journey, Diagnostics& diagnostics);

/// Says that the address of a change leads nowhere.
Effect refuse_missing(const Change& change, const Place& place, Diagnostics& diagnostics);

/// The type of `next.u`, where a number means the weight.
bool is_edge(const Type& type);

}  // namespace sojourn::models::detail
