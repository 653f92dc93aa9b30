#pragma once
// Draws from a density that is known up to a constant, with its slope: Hamiltonian Monte Carlo (Duane, Kennedy, Pendleton & Roweth 1987; Neal
// 2011, Handbook of Markov Chain Monte Carlo, ch. 5).

#include <Eigen/Core>

#include <cstdint>
#include <functional>
#include <vector>

namespace sojourn::engine {

/// log density at x up to a constant (-infinity where there is none), and its slope where there is one. Called from several threads at once.
using LogDensityAt = std::function<double(const Eigen::VectorXd& x, Eigen::VectorXd& slope)>;

struct SamplerPlan {
  int chains = 4;
  int warm_up = 150;  // draws of each chain that tune the step and are thrown away
  int draws = 300;    // of each chain, kept
  std::uint64_t seed = 1;
  int threads = 0;  // 0: all; the draws do not hang on it
};

struct Sample {
  std::vector<Eigen::MatrixXd> chains;         // [chain](draw, coordinate)
  std::vector<Eigen::VectorXd> log_densities;  // [chain](draw)
  double accepted = 0;                         // share of the proposals, over all chains
  std::uint64_t slopes = 0;                    // how often the density was asked
  int divergent = 0;                           // proposals whose energy was off by more than 1000
};

/// `centre` and `precision` (positive definite) of about the density, whose scale is taken away first. What the density has of that normal is moved
/// along exactly, a turn in the plane of place and momentum, and only the rest is pushed, so that a density that is nearly normal takes one or two
/// slopes a draw (split Hamiltonian; Shahbaba, Lan, Johnson & Neal 2014, Statistics and Computing 24, sec. 2.1). The step is tuned to accept 0.8 of the proposals by dual averaging (Hoffman & Gelman 2014, JMLR 15, sec. 3.2); a trajectory goes on for 0.8 to 2.4
/// standard deviations, at random, so that none comes back to where it began. `on_draw(draws done)` of all chains; false stops it (an empty sample).
Sample sample(const LogDensityAt& density, const Eigen::VectorXd& centre, const Eigen::MatrixXd& precision,
              const SamplerPlan& plan, const std::function<bool(int)>& on_draw = {});

}  // namespace sojourn::engine
