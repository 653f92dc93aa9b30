#include "models/calibrate/posterior.h"

#include "engine/random/luck.h"
#include "engine/random/quantile.h"
#include "engine/study/convergence.h"
#include "engine/study/decision.h"
#include "engine/study/hamiltonian.h"
#include "models/replay/prior.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include <algorithm>
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

/// Of one draw of one chain.
VectorXd normals(std::uint64_t seed, std::size_t chain, Index draw, Index count) {
  engine::QuantilePool pool;
  const engine::Quantile normal = pool.normal(0, 1);
  const engine::PlaceKey key = engine::place_key(seed, "walked coordinates");
  VectorXd z(count);
  for (Index i = 0; i < count; ++i) {
    const engine::Luck luck =
        engine::luck_of(key, static_cast<std::uint64_t>(draw), static_cast<std::uint32_t>(chain), 0);
    z[i] = normal(engine::uniform(luck.block(static_cast<std::uint32_t>(i / 4))[static_cast<std::size_t>(i % 4)]));
  }
  return z;
}

/// The covariance of the slope in the unbounded space, were the bank another one.
MatrixXd bank_noise(const BankLikelihood& likelihood, const SpacePoint& centre, int threads, const WalkedFit* walked) {
  if (!walked) return centre.slopes.transpose() * likelihood.slope_noise(centre.values, threads) * centre.slopes;
  MatrixXd influence = centre.slopes.transpose() * likelihood.slope_influence(centre.values, threads);
  for (std::size_t w = 0; w < walked->walked.size(); ++w)
    influence.row(walked->walked[w]) = walked->influence.row(static_cast<Index>(w));
  constexpr double kBatches = kBankBatches;
  return influence * influence.transpose() / (kBatches * (kBatches - 1));
}

}  // namespace

MatrixXd joint_precision(const Fit& fitted, const WalkedFit& walked) {
  // Given the walked ones, the others are around follow * them with the precision that the replay has of them.
  MatrixXd others = fitted.precision;
  for (const Index w : walked.walked) {
    others.row(w).setZero();
    others.col(w).setZero();
  }
  MatrixXd joint = others;
  const MatrixXd cross = others * walked.follow;
  const MatrixXd own = walked.precision + walked.follow.transpose() * cross;
  for (std::size_t w = 0; w < walked.walked.size(); ++w) {
    const Index at = walked.walked[w];
    joint.col(at) = -cross.col(static_cast<Index>(w));
    joint.row(at) = joint.col(at).transpose();
  }
  for (std::size_t v = 0; v < walked.walked.size(); ++v) {
    for (std::size_t w = 0; w < walked.walked.size(); ++w)
      joint(walked.walked[v], walked.walked[w]) = own(static_cast<Index>(v), static_cast<Index>(w));
  }
  return joint;
}

std::optional<Posterior> sample_posterior(const BankLikelihood& likelihood, const ParameterSpace& space,
                                          const Fit& fitted, const PosteriorPlan& plan,
                                          const std::function<bool(int, int)>& on_draw, const WalkedFit* walked,
                                          const std::function<bool(const VectorXd&)>& possible) {
  std::vector<Index> moved;  // coordinates that the sampler moves
  for (Index i = 0; i < fitted.x.size(); ++i) {
    if (!walked || std::ranges::find(walked->walked, i) == walked->walked.end()) moved.push_back(i);
  }
  const auto whole = [&](const VectorXd& part) {
    VectorXd x = fitted.x;
    x(moved) = part;
    return x;
  };
  const auto density = [&](const VectorXd& part, VectorXd& slope) {
    const SpacePoint point = space.at(whole(part));
    if (!std::isfinite(point.log_prior)) return point.log_prior;
    const LogLikelihood answers = likelihood.at(point.values, BankLikelihood::Slope::yes, 1);
    if (!std::isfinite(answers.value)) return answers.value;
    slope = (point.slopes.transpose() * answers.slope + point.log_prior_slope)(moved);
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
  engine::Sample sample;
  if (moved.empty()) {
    sample.chains.assign(static_cast<std::size_t>(plan.chains), MatrixXd(plan.draws, 0));
    sample.log_densities.assign(sample.chains.size(), VectorXd::Constant(plan.draws, fitted.log_posterior));
    sample.accepted = 1;
  } else {
    sample = engine::sample(density, fitted.x(moved), fitted.precision(moved, moved), sampler, go_on);
    if (sample.chains.empty() || sample.chains.front().size() == 0) return std::nullopt;
  }
  // In all coordinates.
  for (std::size_t c = 0; c < sample.chains.size(); ++c) {
    MatrixXd all(sample.chains[c].rows(), fitted.x.size());
    for (Index draw = 0; draw < all.rows(); ++draw) {
      VectorXd x = whole(sample.chains[c].row(draw).transpose());
      if (walked) {
        const VectorXd z = normals(plan.seed, c, draw, static_cast<Index>(walked->walked.size()));
        // With the Cholesky factor L of the precision L L', the solution of L' off = z has the covariance that is its inverse.
        const VectorXd off = walked->precision.llt().matrixU().solve(z);
        x += walked->follow * off;
        for (std::size_t w = 0; w < walked->walked.size(); ++w) x[walked->walked[w]] += off[static_cast<Index>(w)];
        sample.log_densities[c][draw] -= 0.5 * z.squaredNorm();
      }
      all.row(draw) = x.transpose();
    }
    sample.chains[c] = std::move(all);
  }

  Posterior result;
  result.accepted = sample.accepted;
  result.divergent = sample.divergent;
  result.log_densities = std::move(sample.log_densities);
  const SpacePoint centre = space.at(fitted.x);
  const MatrixXd noise = bank_noise(likelihood, centre, plan.threads, walked);
  const auto n = static_cast<Index>(space.size());
  const MatrixXd precision = walked ? joint_precision(fitted, *walked) : fitted.precision;
  const MatrixXd covariance = precision.llt().solve(MatrixXd::Identity(n, n));
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
      const VectorXd values = space.at(x).values;
      if (!possible || possible(values)) {
        to.row(i) = values.transpose();
      } else if (i > 0) {
        to.row(i) = to.row(i - 1);
      } else {
        to.row(i) = centre.values.transpose();
      }
    }
  }
  for (Index i = 0; i < n; ++i) {
    const double sd = prior_sd(space.parameters()[static_cast<std::size_t>(i)].prior);
    result.parameters.push_back(summary_of(result.chains, i, sd * sd));
  }
  return result;
}

}  // namespace sojourn::models
