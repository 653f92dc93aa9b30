#include "models/calibrate/space.h"

#include "engine/base/math.h"
#include "models/replay/prior.h"

#include <cmath>
#include <limits>

namespace sojourn::models {
namespace {

/// "recommendation." of "recommendation.thresholds.3", and 3; -1 where it is no threshold.
std::pair<std::string, int> threshold_of(const std::string& address) {
  const std::string key = "thresholds.";
  const std::size_t at = address.rfind(key);
  if (at == std::string::npos || at + key.size() + 1 != address.size()) return {"", -1};
  return {address.substr(0, at), address.back() - '0'};
}

}  // namespace

ParameterSpace::ParameterSpace(std::vector<CalibrationParameter> parameters) : parameters_(std::move(parameters)) {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const Range& range = parameters_[i].prior.range;
    const bool low = std::isfinite(range.low);
    const bool high = std::isfinite(range.high);
    Transform transform = low && high ? Transform::between
                          : low       ? Transform::above
                          : high      ? Transform::below
                                      : Transform::scaled;
    if (i > 0) {
      const auto [list, k] = threshold_of(parameters_[i].address());
      const auto [list_before, k_before] = threshold_of(parameters_[i - 1].address());
      if (k > 0 && list == list_before && k == k_before + 1) transform = Transform::gap;
    }
    transforms_.push_back(transform);
    centre_.push_back(prior_mean(parameters_[i].prior));
    scale_.push_back(prior_sd(parameters_[i].prior));
  }
}

SpacePoint ParameterSpace::at(const Eigen::VectorXd& x) const {
  const auto n = static_cast<Eigen::Index>(size());
  SpacePoint point{Eigen::VectorXd(n), Eigen::MatrixXd::Zero(n, n), 0, Eigen::VectorXd::Zero(n)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const Range& range = parameters_[k].prior.range;
    double& value = point.values[i];
    double& own = point.slopes(i, i);
    double log_slope_slope = 0;  // d log(own) / d x
    switch (transforms_[k]) {
      case Transform::scaled:
        value = centre_[k] + scale_[k] * x[i];
        own = scale_[k];
        break;
      case Transform::above:
        own = engine::exp(x[i]);
        value = range.low + own;
        log_slope_slope = 1;
        break;
      case Transform::below:
        own = engine::exp(x[i]);
        value = range.high - own;
        own = -own;
        log_slope_slope = 1;
        break;
      case Transform::between: {
        const double share = engine::logistic(x[i]);
        value = range.low + (range.high - range.low) * share;
        own = (range.high - range.low) * share * (1 - share);
        log_slope_slope = 1 - 2 * share;
        break;
      }
      case Transform::gap:
        point.slopes.row(i) = point.slopes.row(i - 1);
        own = engine::exp(x[i]);
        value = point.values[i - 1] + own;
        log_slope_slope = 1;
        break;
    }
    point.log_prior += engine::log(std::abs(own));
    point.log_prior_slope[i] += log_slope_slope;
  }
  for (Eigen::Index i = 0; i < n; ++i) {
    const Uncertain& prior = parameters_[static_cast<std::size_t>(i)].prior;
    if (!(point.values[i] > prior.range.low && point.values[i] < prior.range.high)) {
      point.log_prior = -std::numeric_limits<double>::infinity();
      return point;
    }
    const LogDensity density = log_density(prior, point.values[i]);
    point.log_prior += density.value;
    point.log_prior_slope += density.slope * point.slopes.row(i).transpose();
  }
  return point;
}

Eigen::VectorXd ParameterSpace::coordinates(const Eigen::VectorXd& values) const {
  constexpr double kInside = 1e-3;
  Eigen::VectorXd x(values.size());
  double before = 0;  // the value that the one before really has
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    const auto k = static_cast<std::size_t>(i);
    const Range& range = parameters_[k].prior.range;
    double value = values[i];
    switch (transforms_[k]) {
      case Transform::scaled: x[i] = (value - centre_[k]) / scale_[k]; break;
      case Transform::above:
        value = std::max(value, range.low + kInside * scale_[k]);
        x[i] = engine::log(value - range.low);
        break;
      case Transform::below:
        value = std::min(value, range.high - kInside * scale_[k]);
        x[i] = engine::log(range.high - value);
        break;
      case Transform::between: {
        const double inside = kInside * (range.high - range.low);
        value = std::min(std::max(value, range.low + inside), range.high - inside);
        x[i] = engine::log((value - range.low) / (range.high - value));
        break;
      }
      case Transform::gap:
        value = std::max(value, before + kInside);
        x[i] = engine::log(value - before);
        break;
    }
    before = value;
  }
  return x;
}

Eigen::MatrixXd ParameterSpace::prior_precision(const Eigen::VectorXd& x) const {
  constexpr double kStep = 1e-4;
  const auto n = static_cast<Eigen::Index>(size());
  Eigen::MatrixXd precision(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    Eigen::VectorXd above = x;
    Eigen::VectorXd below = x;
    above[i] += kStep;
    below[i] -= kStep;
    precision.col(i) = (at(below).log_prior_slope - at(above).log_prior_slope) / (2 * kStep);
  }
  precision = (0.5 * (precision + precision.transpose())).eval();
  // A prior with a kink (triangular) is not as narrow as its differences there.
  constexpr double kNarrow = 10;
  const SpacePoint here = at(x);
  for (Eigen::Index i = 0; i < n; ++i) {
    const double own = here.slopes(i, i) / scale_[static_cast<std::size_t>(i)];
    precision(i, i) = std::clamp(precision(i, i), 0.0, kNarrow * std::max(own * own, 1.0));
  }
  return precision;
}

}  // namespace sojourn::models
