#pragma once
// A run with progress on the terminal, stoppable by Ctrl-C.

#include "models/score/experiment.h"
#include "models/score/visits_only.h"
#include "tools/json/performance.h"
#include "tools/program/console.h"

namespace sojourn::tools {

struct Simulated {
  engine::Tallies tallies;
  Performance performance;
};

/// Throws Stopped, InputError.
Simulated simulate(const models::Experiment& experiment, const models::RunPlan& plan, const Console& console);

struct SimulatedVisits {
  models::PathTally tally;
  Performance performance;
};

/// The same of `run --only visits`.
SimulatedVisits simulate_visits_only(const models::Experiment& experiment, const models::RunPlan& plan,
                                     const Console& console);

}  // namespace sojourn::tools
