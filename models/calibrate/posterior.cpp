#include "models/calibrate/posterior.h"

#include "engine/study/convergence.h"
#include "engine/study/decision.h"
#include "engine/study/hamiltonian.h"
#include "models/calibrate/prior.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include <cmath>

namespace sojourn::models {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd all_draws(const std::vector<MatrixXd>& chains) {
  MatrixXd all(chains.front().rows() * static_cast<Index>(chains.size()), chains.front().cols());
  for (std::size_t c = 0; c < chains.size(); ++c)
    all.middleRows(static_cast<Index>(c) * chains[c].rows(), chains[c].rows()) = chains[c];
  return all;
}

ParameterEstimate summary_of(const std::vector<MatrixXd>& chains, Index parameter, double prior_variance) {
  engine::Chains list;
  std::vector<double> all;
  for (const MatrixXd& chain : chains) {
    list.emplace_back(chain.col(parameter).begin(), chain.col(parameter).end());
    all.insert(all.end(), list.back().begin(), list.back().end());
  }
  ParameterEstimate to;
  for (const double one : all) to.estimate += one / static_cast<double>(all.size());
  double squares = 0;
  for (const double one : all) squares += (one - to.estimate) * (one - to.estimate);
  const double variance = squares / static_cast<double>(all.size() - 1);
  to.sd = std::sqrt(variance);
  to.lo = engine::sample_quantile(all, 0.025);
  to.hi = engine::sample_quantile(all, 0.975);
  to.contraction = 1 - variance / prior_variance;
  to.rhat = engine::split_rhat(list);
  to.effective = engine::bulk_effective_size(list);
  return to;
}

}  // namespace

std::optional<Posterior> sample_posterior(const BankLikelihood& likelihood, const ParameterSpace& space,
                                          const Fit& fitted, const PosteriorPlan& plan,
                                          const std::function<bool(int, int)>& on_draw) {
  const auto density = [&](const VectorXd& x, VectorXd& slope) {
    const SpacePoint point = space.at(x);
    if (!std::isfinite(point.log_prior)) return point.log_prior;
    const LogLikelihood answers = likelihood.at(point.values, BankLikelihood::Slope::yes, 1);
    if (!std::isfinite(answers.value)) return answers.value;
    slope = point.slopes.transpose() * answers.slope + point.log_prior_slope;
    return answers.value + point.log_prior;
  };
  engine::SamplerPlan sampler;
  sampler.chains = plan.chains;
  sampler.warm_up = plan.warm_up;
  sampler.draws = plan.draws;
  sampler.seed = plan.seed;
  sampler.threads = plan.threads;
  const int all_of_it = plan.chains * (plan.warm_up + plan.draws);
  const auto go_on = [&](int done) { return !on_draw || on_draw(done, all_of_it); };
  engine::Sample sample = engine::sample(density, fitted.x, fitted.precision, sampler, go_on);
  if (sample.chains.empty() || sample.chains.front().size() == 0) return std::nullopt;

  Posterior result;
  result.accepted = sample.accepted;
  result.divergent = sample.divergent;
  result.log_densities = std::move(sample.log_densities);
  const SpacePoint centre = space.at(fitted.x);
  const MatrixXd noise =
      centre.slopes.transpose() * likelihood.slope_noise(centre.values, plan.threads) * centre.slopes;
  const auto n = static_cast<Index>(space.size());
  const MatrixXd covariance = fitted.precision.llt().solve(MatrixXd::Identity(n, n));
  const MatrixXd of_bank = covariance * noise * covariance;
  double by_bank = 0;
  double in_all = 0;
  for (Index i = 0; i < n; ++i) {
    const double scale =
        space.at(fitted.x).slopes(i, i) / prior_sd(space.parameters()[static_cast<std::size_t>(i)].prior);
    by_bank += scale * scale * of_bank(i, i);
    in_all += scale * scale * covariance(i, i);
  }
  result.noise = by_bank / in_all;
  const MatrixXd wider = (covariance + of_bank).llt().matrixL();
  const MatrixXd own = covariance.llt().matrixL();
  const MatrixXd move = wider * own.inverse();
  const VectorXd mean = all_draws(sample.chains).colwise().mean().transpose();
  for (const MatrixXd& chain : sample.chains) {
    MatrixXd& to = result.chains.emplace_back(chain.rows(), n);
    for (Index i = 0; i < chain.rows(); ++i) {
      const VectorXd x = mean + move * (chain.row(i).transpose() - mean);
      to.row(i) = space.at(x).values.transpose();
    }
  }
  for (Index i = 0; i < n; ++i) {
    const double sd = prior_sd(space.parameters()[static_cast<std::size_t>(i)].prior);
    result.parameters.push_back(summary_of(result.chains, i, sd * sd));
  }
  return result;
}

}  // namespace sojourn::models
