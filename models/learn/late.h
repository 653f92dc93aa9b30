#pragma once
// Durations of touchpoints, and whether they are others once a case has been under way for long: who has waited over night
// does not wait over night again at each later step.

#include "models/learn/contexts.h"
#include "models/learn/learned.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace sojourn::models {

struct LateDurations {
  std::vector<Distribution> early;        // [touchpoint]; of all visits where there is no limit
  std::vector<Distribution> late;         // [touchpoint]
  std::optional<std::int64_t> after_ms;   // since the case began
};

/// `states`: [touchpoint] its state. A touchpoint has a duration of its own where that is held out more likely than its
/// activity's; cases beyond the limit where that gains 30 nats and 0.5 % over all.
LateDurations fit_late(const Memory3& memory, const Traces& traces, const std::vector<std::size_t>& states);

/// Doubles the touchpoints: the second of each is where cases go that are late.
void add_late(LearnedJourney& journey, std::int64_t after_ms, const std::vector<Distribution>& late);

}  // namespace sojourn::models
