#pragma once
// Whether durations are others once a case has been under way for long: who has waited over night does not wait over night
// again at each later step.

#include "models/learn/traces.h"

#include <cstdint>
#include <optional>

namespace sojourn::models {

/// A time since the case began, such that durations drawn apart before and behind it, along the ways that the cases really took,
/// give times of whole cases that are at most half as far from the real ones (Wasserstein-1) as without it. Nothing where there
/// is none, or where they are not even a tenth of the mean time apart without it: it doubles the touchpoints.
std::optional<std::int64_t> find_limit(const Traces& traces, std::size_t symbols);

}  // namespace sojourn::models
