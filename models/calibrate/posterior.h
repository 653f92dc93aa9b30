#pragma once
// What answers and priors say about the parameters together: draws, and what they come to.

#include "models/calibrate/walked_search.h"

#include <functional>
#include <string>
#include <vector>

namespace sojourn::models {

struct PosteriorPlan {
  int chains = 4;
  int warm_up = 100;
  int draws = 250;  // of each chain
  std::uint64_t seed = 1;
  int threads = 0;  // 0: all; the draws do not hang on it
};

struct ParameterEstimate {
  double estimate = 0;    // posterior mean, in the unit of the address
  double lo = 0, hi = 0;  // 2.5 % and 97.5 % of the draws
  double sd = 0;
  double contraction = 0;  // 1 - posterior variance / prior variance; below 0 where the data contradict the prior
  double rhat = 1;         // engine/study/convergence.h
  double effective = 0;    // bulk effective draws
};

struct Posterior {
  std::vector<Eigen::MatrixXd> chains;  // [chain](draw, parameter) in the unit of the address
  /// [chain](draw) in the unbounded space, up to a constant, before the bank's error is added.
  std::vector<Eigen::VectorXd> log_densities;
  std::vector<ParameterEstimate> parameters;
  double accepted = 0;  // share of the sampler's proposals
  int divergent = 0;
  double noise = 0;  // how much of the variances is the bank's: trace(V J V) / trace(V), in prior standard deviations
};

/// Hamiltonian draws on the bank of `likelihood` around `fitted`. What another bank would have said (BankLikelihood::slope_noise) is added: draws are
/// moved away from their mean until their covariance is V + V J V (equation (26), the sandwich of Huber 1967 for an error of the slope), so that simulation
/// error is inside every interval. Nothing where `on_draw(done, all)` stopped it.
/// `walked` (null: none) are coordinates that the bank does not follow. The sampler moves the others with these at their most likely place; then each
/// draw has the walked ones drawn from the normal that their profile falls like, and the others moved along with them (Laplace's approximation for a few
/// coordinates, sampling for the rest; Tierney & Kadane 1986, Journal of the American Statistical Association 81; Rue, Martino & Chopin 2009, Journal of
/// the Royal Statistical Society B 71). That is exact where the density is normal in the unbounded space. A draw of values that are not `possible`
/// together is rejected, and the one before it stands again (the first: the most likely place), as with Metropolis.
std::optional<Posterior> sample_posterior(const BankLikelihood& likelihood, const ParameterSpace& space,
                                          const Fit& fitted, const PosteriorPlan& plan,
                                          const std::function<bool(int, int)>& on_draw = {},
                                          const WalkedFit* walked = nullptr,
                                          const std::function<bool(const Eigen::VectorXd&)>& possible = {});

/// The precision of all coordinates together, of the replayed ones' (those of `fitted`) and of the walked ones'.
Eigen::MatrixXd joint_precision(const Fit& fitted, const WalkedFit& walked);

}  // namespace sojourn::models
