#pragma once
// What the answers do not tell.

#include "models/calibrate/fit.h"

#include <string>
#include <vector>

namespace sojourn::models {

/// A combination of parameters about which the answers say less than the priors do: an eigenvalue of the answers' information in prior standard
/// deviations that is below 1 (Fisher information only screens: Wieland et al. 2021, Current Opinion in Systems Biology 25; profiles decide).
struct WeakDirection {
  struct Part {
    std::size_t parameter = 0;
    double share = 0;  // in the direction of unit length, parameters measured in prior standard deviations
  };
  std::vector<Part> parts;  // the largest first; those below 0.2 are left out
  double information = 0;   // in units of the prior's
};
std::vector<WeakDirection> weak_directions(const ParameterSpace& space, const Fit& fitted);

/// How far the likelihood falls to either side when one parameter is held elsewhere and the others make the best of it (profile likelihood; Raue
/// et al. 2009, Bioinformatics 25). `kDrop` is half of the 90 % quantile of chi squared with one degree of freedom.
struct Profile {
  static constexpr double kDrop = 1.3527;
  enum class Shape { closed, open_below, open_above, flat };
  std::size_t parameter = 0;
  std::vector<double>
      values;  // 11 (fewer where some have no journey), from 2.5 prior standard deviations below the fit to as many above, inside the bounds
  std::vector<double> drops;  // of the log-likelihood, from the largest of them
  Shape shape = Shape::closed;
};
/// `log_likelihood_at(start)`: the most of it, of all that keep the parameter as it is in `start`; nothing where there is none.
Profile profile(const ParameterSpace& space, const Fit& fitted, std::size_t parameter,
                const std::function<std::optional<double>(const Eigen::VectorXd& start)>& log_likelihood_at);

/// "0.71 a - 0.70 b", with addresses.
std::string words_of(const WeakDirection& direction, const ParameterSpace& space);

}  // namespace sojourn::models
