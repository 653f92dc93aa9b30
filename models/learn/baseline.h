#pragma once
// What a memory of so many steps, and nothing else, knows about the next one: what a learned journey is held against.

#include "models/learn/counts.h"

namespace sojourn::models {

struct OrderBaseline {
  unsigned order = 0;
  double concentration = 1;  // the best of a few by cross-validation
  double nats = 0;           // cross-validated, of all events and ends together
};

/// Of one order, 0 to 3.
OrderBaseline fit_baseline(const ContextCounts& counts, unsigned order);

/// -ln P of all events and ends of the traces, which are others than those counted. Rare activities by their shares.
double nats_of(const OrderBaseline& baseline, const ContextCounts& counts, const Traces& traces,
               const Alphabet& alphabet);

}  // namespace sojourn::models
