#pragma once
// Visits, reach, flows and outcomes alone, of a journey in which nothing but chance says where agents go: the same figures as those of a
// whole run with plain estimates, bit for bit, for a fraction of the work.

#include "models/crowd/path_tally.h"
#include "models/score/experiment.h"
#include "models/score/result.h"

#include <optional>

namespace sojourn::models {

/// Throws InputError where agents' ways hang on more than chance, saying on what.
void require_chance_alone(const Experiment& experiment);

/// Sends the agents of a plan without a precision through the base. Empty if progress stopped it. Throws InputError where
/// require_chance_alone() does, and where an agent has no way on.
std::optional<PathTally> run_visits_only(const Experiment& experiment, const RunPlan& plan,
                                         const OnProgress& progress = {});

/// Of a journey visits, success, abandoned, truncated and outcomes, of a touchpoint and its channels visits, reach and flows; all
/// else does not exist.
Figures visit_figures(const Experiment& experiment, const PathTally& tally);

}  // namespace sojourn::models
