#pragma once
// Figures that use what is known without walking, and are the sharper for it (engine/tally/controlled.h): the personas' shares
// (post-stratification), where journeys start, the luck of the first expectation, and what is solved exactly.

#include "models/score/experiment.h"
#include "models/score/result.h"

namespace sojourn::models {

/// Replaces the means per agent, overall and by persona, of case i. Figures of a persona stay plain where fewer than 50 of its
/// agents are to be expected; flips, quantiles, spreads and figures of touchpoints always do. The experiment has controls.
void control_figures(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i, Figures& figures);

/// The same of the differences of scenario i (counted from 0).
void control_differences(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i, Figures& figures);

/// The NPS difference of scenario i by where a journey first differs: [touchpoint], then the end. They sum to it.
std::vector<Figure> controlled_first_changes(const Experiment& experiment, const engine::Tallies& tallies,
                                             std::size_t i);

/// The overall NPS of the base (no scenario) or the NPS difference of a scenario, in points.
Figure controlled_nps(const Experiment& experiment, const engine::Tallies& tallies,
                      std::optional<std::size_t> scenario);

}  // namespace sojourn::models
