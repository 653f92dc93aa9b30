#pragma once
// Everything about one persona that the chain tells: all but what S, the overall satisfaction, goes into.

#include "models/exact/detail/persona_view.h"
#include "models/exact/detail/product.h"
#include "models/exact/detail/sums.h"

namespace sojourn::models::exact {

inline constexpr std::size_t kMostStates = 2'000'000;

/// Throws DeadEnd. What S goes into is left as it is.
JourneySums persona_sums(const PersonaView& view, Reasons& reasons);

/// A goal's or a lasting pain's flag as people name it: "the goal 'gift'".
std::string name_of(const PersonaView& view, Flags flags);

}  // namespace sojourn::models::exact
