#pragma once
// How long journeys are.

#include "models/check/check.h"
#include "models/check/detail/explored.h"

namespace sojourn::models::detail {

/// The expected length where the states are a Markov chain. Warns where it is above half of limits.visits.
ExpectedLength check_length(const Explored& explored, Places& places, Findings& findings);

}  // namespace sojourn::models::detail
