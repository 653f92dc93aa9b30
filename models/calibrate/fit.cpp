#include "models/calibrate/fit.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sojourn::models {
namespace {

constexpr double kGain = 1e-9;
constexpr double kNearGain = 1e-3;
constexpr int kMostSteps = 200;

/// Log-likelihood and its slope from what was expected: sums of n log p and of n / p times the slopes of p.
LogLikelihood likelihood_of(const std::vector<LikelihoodCell>& cells, const BankLikelihood::Expected& expected,
                            Eigen::Index parameters) {
  LogLikelihood result{0, Eigen::VectorXd::Zero(parameters)};
  for (std::size_t c = 0; c < cells.size(); ++c) {
    for (std::size_t k = 0; k < kAnswers; ++k) {
      const double count = cells[c].count[k];
      if (count <= 0) continue;
      result.value += count * engine::log(expected.shares[c][k]);
      result.slope += count / expected.shares[c][k] * expected.slopes[c].row(static_cast<Eigen::Index>(k)).transpose();
    }
  }
  return result;
}

/// One search. `Look` says what there is at a place: log-likelihood, its slope and the information.
struct Sight {
  LogLikelihood answers;
  Eigen::MatrixXd information;
};

template <class Look>
std::optional<Fit> search(const BankLikelihood& likelihood, const ParameterSpace& space, const Eigen::VectorXd& start,
                          int threads, const std::vector<bool>& fixed, double least_gain,
                          const std::function<bool(int)>& on_step, const Look& look) {
  const auto n = static_cast<Eigen::Index>(space.size());
  const auto is_fixed = [&](Eigen::Index i) { return !fixed.empty() && fixed[static_cast<std::size_t>(i)]; };
  Fit result;
  result.x = start;
  double damping = 1e-3;
  for (; result.steps < kMostSteps; ++result.steps) {
    if (on_step && !on_step(result.steps)) return std::nullopt;
    const SpacePoint point = space.at(result.x);
    Sight sight = look(point.values);
    result.log_likelihood = sight.answers.value;
    result.log_posterior = sight.answers.value + point.log_prior;
    result.precision = point.slopes.transpose() * sight.information * point.slopes + space.prior_precision(result.x);
    result.information = std::move(sight.information);
    Eigen::VectorXd slope = point.slopes.transpose() * sight.answers.slope + point.log_prior_slope;
    Eigen::MatrixXd curvature = result.precision;
    for (Eigen::Index i = 0; i < n; ++i) {
      if (!is_fixed(i)) continue;
      slope[i] = 0;
      curvature.row(i).setZero();
      curvature.col(i).setZero();
      curvature(i, i) = 1;
    }
    result.converged = 0.5 * slope.dot(curvature.ldlt().solve(slope)) < 1e-4;
    double gain = 0;
    while (!(gain > 0) && damping < 1e12) {
      Eigen::MatrixXd damped = curvature;
      damped.diagonal() *= 1 + damping;
      const Eigen::VectorXd step = damped.ldlt().solve(slope);
      if (0.5 * slope.dot(step) < least_gain) break;  // no way up is left that is worth a step
      const Eigen::VectorXd x = result.x + step;
      const SpacePoint there = space.at(x);
      double value = -std::numeric_limits<double>::infinity();
      if (std::isfinite(there.log_prior) && step.allFinite()) {
        value = likelihood.at(there.values, BankLikelihood::Slope::no, threads).value + there.log_prior;
      }
      gain = value - result.log_posterior;
      if (gain > 0) {
        result.x = x;
        damping = std::max(damping * 0.1, 1e-9);
      } else {
        damping *= 10;
      }
    }
    if (!(gain > least_gain)) break;
  }
  return result;
}

}  // namespace

std::optional<Fit> fit(const BankLikelihood& likelihood, const ParameterSpace& space, const Eigen::VectorXd& start,
                       int threads, const std::function<bool(int)>& on_step, const std::vector<bool>& fixed) {
  const auto n = static_cast<Eigen::Index>(space.size());
  return search(likelihood, space, start, threads, fixed, kGain, on_step, [&](const Eigen::VectorXd& values) {
    const BankLikelihood::Expected expected = likelihood.expected(values, threads);
    return Sight{likelihood_of(likelihood.cells(), expected, n), likelihood.information(expected)};
  });
}

Fit fit_near(const BankLikelihood& likelihood, const ParameterSpace& space, const Eigen::VectorXd& start, int threads,
             const std::vector<bool>& fixed, const Eigen::MatrixXd& information) {
  return *search(likelihood, space, start, threads, fixed, kNearGain, {}, [&](const Eigen::VectorXd& values) {
    return Sight{likelihood.at(values, BankLikelihood::Slope::yes, threads), information};
  });
}

}  // namespace sojourn::models
