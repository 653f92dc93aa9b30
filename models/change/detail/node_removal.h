#pragma once
// What led to a touchpoint or an outcome that goes.

#include "models/change/change.h"

#include <string_view>

namespace sojourn::models::detail {

/// Takes the edges and start weights to a node away, and lets those who give up end in `abandoned`; or, where the
/// change reroutes, leads all of them there. An edge that is there already stays beside the rerouted one.
void lead_elsewhere(Tree& journey, std::string_view id, const Change& change);

}  // namespace sojourn::models::detail
