#pragma once
// The most likely parameters, given answers and priors.

#include "models/calibrate/likelihood.h"
#include "models/calibrate/space.h"

#include <functional>
#include <optional>

namespace sojourn::models {

struct Fit {
  Eigen::VectorXd x;            // in the unbounded space: the mode of the posterior density there
  Eigen::MatrixXd precision;    // of the posterior there: expected information of the answers, and the priors'
  Eigen::MatrixXd information;  // that of the answers alone, about the parameters in their units
  double log_posterior = 0;
  double log_likelihood = 0;
  int steps = 0;
  bool converged = false;
};

/// Fisher scoring with Levenberg's damping (McCullagh & Nelder 1989, Generalized Linear Models, 2.5; Marquardt 1963) from `start`, until a step gains
/// less than 1e-9. `on_step` false stops it (nothing). `fixed`: coordinates that stay as they are; empty: none.
std::optional<Fit> fit(const BankLikelihood& likelihood, const ParameterSpace& space, const Eigen::VectorXd& start,
                       int threads, const std::function<bool(int)>& on_step = {}, const std::vector<bool>& fixed = {});

/// The same near another fit, whose `information` (of the parameters in their units) is used throughout: more steps, each much cheaper. `fixed`:
/// coordinates that stay as they are. Until a step gains less than 1e-3.
Fit fit_near(const BankLikelihood& likelihood, const ParameterSpace& space, const Eigen::VectorXd& start, int threads,
             const std::vector<bool>& fixed, const Eigen::MatrixXd& information);

}  // namespace sojourn::models
