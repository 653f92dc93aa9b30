#include "models/calibrate/prior_draws.h"

#include "models/score/input_draws.h"

namespace sojourn::models {

Eigen::MatrixXd prior_draws(const std::vector<CalibrationParameter>& parameters, std::uint64_t seed, int draws) {
  Eigen::MatrixXd to(draws, static_cast<Eigen::Index>(parameters.size()));
  Quantiles quantiles;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const InputDraw prior(parameters[i].prior, seed, 0, quantiles);
    for (int draw = 0; draw < draws; ++draw) {
      to(draw, static_cast<Eigen::Index>(i)) = prior.value(static_cast<std::uint32_t>(draw));
    }
  }
  return to;
}

}  // namespace sojourn::models
