#pragma once
// How far apart two logs are (Chapela-Campa et al. 2023, "Can I trust my simulation model?"; each test names its sums).

#include <cstdint>
#include <vector>

namespace sojourn::models {

struct CaseEvent {
  std::uint32_t activity = 0;  // one numbering for both logs
  std::int64_t start_ms = 0;   // any origin, the same within a case
  std::int64_t end_ms = 0;     // not before start_ms
};

/// Of one case, by start, then end; not empty.
using CaseEvents = std::vector<CaseEvent>;

struct Distances {
  double ngram = 0;                 // 0..1: sum |c1 - c2| / sum (c1 + c2) of trigrams, two signs padded at either end
  double relative_event_hours = 0;  // Wasserstein-1 of whole hours from the case's start to each start and end
  double cycle_time_hours = 0;  // Wasserstein-1 of whole hours from start to last end, above the shortest of both logs
};

/// Neither is empty.
Distances distances(const std::vector<CaseEvents>& one, const std::vector<CaseEvents>& other);

}  // namespace sojourn::models
