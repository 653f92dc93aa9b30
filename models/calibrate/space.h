#pragma once
// The parameters without bounds: what the search and the sampler move in.

#include "models/replay/parameter.h"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace sojourn::models {

/// The parameters at a point of the unbounded space.
struct SpacePoint {
  Eigen::VectorXd values;           // [parameter] in the unit of the address
  Eigen::MatrixXd slopes;           // [parameter][coordinate] d value / d x
  double log_prior = 0;             // density of x, the transform's own part included, up to a constant
  Eigen::VectorXd log_prior_slope;  // [coordinate]
};

/// One coordinate for each parameter: between two bounds by a logistic curve, above one by an exponential, else in prior standard
/// deviations from the prior mean (Stan Development Team, Stan Reference Manual, "Constraint transforms"). Thresholds of one list that
/// are all parameters stay in their order: each is the one before plus the exponential of its coordinate.
class ParameterSpace {
 public:
  explicit ParameterSpace(std::vector<CalibrationParameter> parameters);

  std::size_t size() const { return parameters_.size(); }
  const std::vector<CalibrationParameter>& parameters() const { return parameters_; }

  /// log_prior is -infinity where a bound is crossed that the transform does not keep.
  SpacePoint at(const Eigen::VectorXd& x) const;
  /// The other way round; values at or beyond a bound are moved a thousandth of the way inside first.
  Eigen::VectorXd coordinates(const Eigen::VectorXd& values) const;
  /// Precision (second derivative of minus the log density) of the priors alone at x, on the diagonal what is not negative.
  Eigen::MatrixXd prior_precision(const Eigen::VectorXd& x) const;

 private:
  enum class Transform { scaled, above, below, between, gap };
  std::vector<CalibrationParameter> parameters_;
  std::vector<Transform> transforms_;
  std::vector<double> centre_, scale_;
};

}  // namespace sojourn::models
