#pragma once
// What several changes do together beyond what each does alone.

#include "models/score/experiment.h"

namespace sojourn::models {

/// Of an experiment whose scenarios are each change alone and, as the last one, all changes: the NPS difference of the last
/// less the sum of the others, in points. At least two scenarios. Its error is that of the means over agents, which what
/// is known beforehand can only make smaller.
Figure nps_remainder(const Experiment& experiment, const engine::Tallies& tallies);

}  // namespace sojourn::models
