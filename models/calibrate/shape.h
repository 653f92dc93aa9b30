#pragma once
// How a parameter is spread before and after the answers, for a drawing of both.

#include "models/replay/parameter.h"

#include <span>
#include <vector>

namespace sojourn::models {

/// In the unit of the address.
struct ParameterShape {
  double prior_sd = 0;                // bounds taken into account, as in the quantiles
  double prior_lo = 0, prior_hi = 0;  // 2.5 % and 97.5 % of the prior
  std::vector<double> at;             // 41 places, evenly from where either begins to where either ends
  std::vector<double> prior;          // its density there, cut off at the bounds
  std::vector<double> posterior;      // the draws' density there, by a normal kernel (Silverman 1986, eq. 3.31)
};

/// `draws` of the posterior: at least two.
ParameterShape shape_of(const CalibrationParameter& parameter, std::span<const double> draws);

}  // namespace sojourn::models
