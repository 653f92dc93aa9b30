#pragma once
// What is not known about the inputs, drawn in an outer loop around a few agents each, with the same luck inside, and what
// chance does in these few told apart from what the inputs do.

#include "models/score/experiment.h"
#include "models/score/posterior_draws.h"

#include <span>

namespace sojourn::models {

/// Size of the outer loop.
struct DrawPlan {
  std::uint64_t draws = 0;
  std::uint64_t agents = 0;      // of each draw: of the main run's, one after the other
  std::uint64_t population = 0;  // the main run's
};

/// `agents`: of the main run; `draws`: that were asked for. All draws together take as many agents as the main run has, and
/// each of them twice (as drawn, as written), so that all is done in about three times the time of the main run. But no
/// draw has fewer than 100 agents (or than the main run), and by default there are 40 to 200 draws.
DrawPlan draw_plan(std::uint64_t agents, std::optional<std::uint64_t> draws);

inline constexpr std::uint64_t most_draws = 100'000;

/// The files that an experiment's cases were built from.
struct CaseFiles {
  const JourneyFile* journey = nullptr;
  std::vector<std::span<const ScenarioFile>> scenarios;  // [case]
  const PosteriorDraws* posterior = nullptr;             // of numbers of the journey, whose addresses it has
};

/// Sums of the inputs' values by file, in the order in which the inputs name the files.
std::vector<InputGroup> groups_of(const std::vector<UncertainInput>& inputs);

bool has_uncertain_inputs(const Experiment& experiment);

struct DrawnInputs {
  Uncertainty uncertainty;
  Diagnostics warnings;  // of inputs that are often cut off at their range, and of draws that are left out
};

/// Draws the uncertain inputs of all cases of `experiment`: those of the posterior together, one of its draws in each of the loop's, in
/// place of the journey's own entries for the same addresses; all others each on its own. `centre`: what the main run found, NPS points: the base's NPS, then
/// each difference, to which each draw adds what it does to its agents. Throws InputError where most draws give no journey that can be walked; empty if `on_draw` (draws done
/// and planned) stopped it.
std::optional<DrawnInputs> draw_inputs(const Experiment& experiment, const CaseFiles& files, const RunPlan& run,
                                       const DrawPlan& plan, std::span<const double> centre,
                                       const OnProgress& on_draw = {});

}  // namespace sojourn::models
