#pragma once
// All figures of a result under the names of the program's JSON, so that tests can hold two results against each other
// or against a list of exact values.

#include "models/score/experiment.h"
#include "models/score/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace sojourn::tests {

/// `overall.nps`, `personas.mia.touchpoints.wish.flow.bake`, `touchpoints.wish.channels.post.visits`, ...
using FiguresByAddress = std::map<std::string, models::Figure>;

FiguresByAddress by_address(const models::Figures& figures, const models::Names& names);

/// A figure of a comparison that is not among the figures of its cases: `agents_changed`, `flips.0.1`,
/// `by_first_change.wish` (`by_first_change.end` for journeys that differ only at their end), `net_gain`,
/// `break_even_journeys`, `variance_ratio` (an estimate alone).
FiguresByAddress by_address(const models::Comparison& comparison, const models::Names& names);

/// Everything that a run of these cases gives: `0.overall.nps` for case 0, `1.difference.overall.nps` and
/// `1.agents_changed` for case 1 against case 0.
FiguresByAddress all_figures(const models::Experiment& experiment, const engine::Tallies& tallies);
FiguresByAddress all_figures(const models::Experiment& experiment, const models::RunPlan& plan);
/// `seed` is another one in each round of a sweep (tests/support/sweep.h).
FiguresByAddress all_figures(const models::Experiment& experiment, std::uint64_t agents, std::uint64_t seed = 1);

/// What differs first, bit by bit, in any number of any figure; empty if nothing does.
std::string difference(const FiguresByAddress& a, const FiguresByAddress& b);

}  // namespace sojourn::tests
