#pragma once
// Experience, expectation, satisfaction of the moment and mood at each touchpoint.

#include "models/exact/detail/persona_view.h"
#include "models/exact/detail/product.h"
#include "models/exact/detail/sums.h"

namespace sojourn::models::exact {

/// Adds them to the sites. They come from a chain that also tracks the lasting pains whose resolution lifts an experience.
void add_felt_sums(const PersonaView& view, Reasons& reasons, Flags guards, std::size_t most_states, JourneySums& sums);

}  // namespace sojourn::models::exact
