#pragma once
// Means per agent that use what is known without walking: how large the parts of the population are, and the expectations of
// some controls x within them. The regression estimator (Cochran 1977, Sampling Techniques, 7.4 to 7.10; Nelson 1990, "Control
// variate remedies", Operations Research 38; Glasserman 2003, Monte Carlo Methods in Financial Engineering, 4.1):
//
//   Y = sum_g w_g (y_g - b'(x_g - mu_g)),   b = (sum_g S_xx,g)^-1 sum_g S_xy,g
//
// with w_g the exact share of stratum g, y_g and x_g the means of its agents, and S the sums of centred products within it.
// Without controls it is post-stratification. Its bias is of order 1/n and it is exact where y is linear in x.

#include "engine/tally/estimate.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::engine {

/// What is known of a stratum, and what its agents show of the controls.
struct Stratum {
  std::uint64_t agents = 0;  // >= 2
  double share = 0;          // of the population, exact; over all strata 1
  std::vector<double> off;   // [control] mean of x less its expectation; 0 where that is not known
  std::vector<double> sxx;   // [control][control] centred products; 0 for what is not known
};

/// One score of a stratum's agents.
struct StratumScore {
  double mean = 0;
  double syy = 0;           // centred square
  std::vector<double> sxy;  // [control] centred products, 0 for what is not known; empty: the strata alone are used
};

/// The regression, made ready for any number of scores.
class Controls {
 public:
  explicit Controls(std::vector<Stratum> strata);

  /// The mean times `unit`. `scores`: [stratum]; `plain`: the mean over all agents. The standard error is that of a stratified
  /// sample of residuals (Cochran 1977, 5A.42), their degrees of freedom less one for every control, and widened for what
  /// the controls' own deviation does to b (Nelson 1990, eq. 9).
  Estimate estimate(std::span<const StratumScore> scores, double plain, double unit, Shape shape) const;

 private:
  std::vector<double> solve(const std::vector<double>& right) const;

  std::vector<Stratum> strata_;
  std::uint64_t agents_ = 0;
  std::size_t controls_ = 0;
  std::vector<double> scale_;   // [control] root of its centred square; 0: not used
  std::vector<double> factor_;  // Cholesky factor of the scaled products, lower, [control][control]
  std::vector<double> off_;     // [control] over the strata
  std::size_t used_ = 0;        // controls that are no combination of others
  double leverage_ = 0;         // off' S^-1 off
};

}  // namespace sojourn::engine
