#pragma once
// The uncertain inputs drawn, with progress on the terminal, stoppable by Ctrl-C.

#include "models/score/uncertainty.h"
#include "tools/job/inputs.h"

#include <optional>

namespace sojourn::tools {

/// After a run of `agents`. `draws`: that were asked for; 0 draws nothing. Empty where nothing is uncertain or drawn.
/// Throws Stopped, InputError.
struct DrawRequest {
  models::CaseFiles files;
  models::RunPlan run;
  std::uint64_t agents = 0;
  std::optional<std::uint64_t> draws;
  std::vector<double> centre;  // NPS of the base, then the differences
};
std::optional<models::Uncertainty> draw_inputs(const models::Experiment& experiment, const DrawRequest& request,
                                               Warnings& warnings, const Console& console);

}  // namespace sojourn::tools
