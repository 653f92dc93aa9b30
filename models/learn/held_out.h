#pragma once
// How well a learned journey foretells cases that it was not learned from.

#include "models/learn/learned.h"

#include <array>
#include <vector>

namespace sojourn::models {

struct HeldOutCases {
  std::size_t cases = 0, events = 0;
  std::uint64_t unknown_events = 0, unknown_cases = 0;  // left out of everything: the training log has no such names
  double nats_per_event = 0;                            // ends of cases are events too; which end it is does not count
  std::array<double, 4> baselines{};                    // [order] nats per event
};

/// -ln P of all events and ends, by the journey as it is written: rounded weights, and all ways that lead to the same
/// activity added up (the forward algorithm; Rabiner 1989). Whose persona a case is nobody is told.
double nats_of(const LearnedJourney& journey, const Traces& traces);

/// The journey beside memories of 0 to 3 steps learned from `training`.
HeldOutCases held_out(const LearnedJourney& journey, const EventLog& training, const EventLog& test);

}  // namespace sojourn::models
