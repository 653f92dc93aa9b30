#pragma once
// What was thought of the parameters before the answers, as draws beside those of the posterior.

#include "models/replay/parameter.h"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace sojourn::models {

/// (draw, parameter), each parameter from its prior inside its bounds, in the unit of its address. They are drawn as inputs
/// that are not known exactly are (models/score/input_draws.h): each on its own, so that an order among thresholds is not kept.
Eigen::MatrixXd prior_draws(const std::vector<CalibrationParameter>& parameters, std::uint64_t seed, int draws);

}  // namespace sojourn::models
