#pragma once
// One run that gives the derivative of every metric with respect to every lever.

#include "engine/tally/gradient_tally.h"
#include "models/drivers/origins.h"
#include "models/drivers/row_plan.h"
#include "models/drivers/tape.h"
#include "models/score/experiment.h"

#include <optional>
#include <string_view>

namespace sojourn::models {

struct GradientRun {
  RowPlan plan;
  engine::GradientTally<kColumns> tally;
  std::uint64_t agents = 0;
  std::uint64_t visits = 0;

  /// Why a lever has no derivative in this run; empty where it has one.
  std::string_view no_derivative(std::uint32_t lever) const;
  /// The mean over agents in a row, with its error.
  Figure figure(std::uint32_t row, DriverMetric metric) const;
};

/// Of the experiment's base, whose numbers come from `origins`. A pilot on other agents, a sixteenth of the plan's and
/// 1,024 to 8,192 of them, makes the baseline. The same bits for any number of threads. Empty if progress stopped it.
/// Throws InputError where an agent has no way on.
std::optional<GradientRun> run_gradient(const Experiment& experiment, const Origins& origins, std::size_t levers,
                                        const RunPlan& plan, const OnProgress& progress);

}  // namespace sojourn::models
