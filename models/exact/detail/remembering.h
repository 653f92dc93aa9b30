#pragma once
// All that agents can remember at each visit, with its probability: step by step, equal memories merged. Exact for journeys
// whose experiences are drawn from finitely many values, but for the last one of a journey, which may be continuous.

#include "models/exact/detail/events.h"
#include "models/exact/detail/sums.h"

namespace sojourn::models::exact {

inline constexpr std::size_t kMostMemories = 20'000'000;  // ways that visits can go, over all memories

/// Adds to `sums`, the chain's, what the overall satisfaction S goes into, or the reason why it cannot be told; and of what
/// the chain could not tell (behind a choice that depends on mood, or by the clock) what this can.
void add_remembered(const PersonaView& view, Reasons& reasons, std::size_t most_memories, JourneySums& sums);

}  // namespace sojourn::models::exact
