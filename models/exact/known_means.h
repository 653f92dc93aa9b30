#pragma once
// What is solved exactly, made control variates of a simulation.

#include "models/score/experiment.h"

namespace sojourn::models {

/// Solves every case and lets the experiment know each persona's mean visits, success and time, as far as they are exact. A
/// journey in which agents find no way on has none: the walk will say so. Does nothing for plain estimates. By as many
/// threads (0: all).
void know_exactly(Experiment& experiment, int threads = 0);

}  // namespace sojourn::models
