#pragma once
// What is to be doubted about a calibration, in words.

#include "models/calibrate/calibration.h"
#include "models/replay/parameter.h"
#include "models/text/diagnostic.h"

#include <span>

namespace sojourn::models {

/// Warnings at the parameters' priors, or at `journey`: weak directions, a sampler or a search that has not settled, journeys that hardly count,
/// variances that are the simulation's, and no gain over one histogram.
Diagnostics doubts_about(const Calibration& calibration, std::span<const CalibrationParameter> parameters,
                         const Mark& journey);

}  // namespace sojourn::models
