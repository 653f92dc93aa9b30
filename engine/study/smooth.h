#pragma once
// A smooth curve through a cloud of points: what is left of an answer when one input alone is known.

#include <span>
#include <vector>

namespace sojourn::engine {

/// A regression's fitted values at its own points.
struct Smooth {
  std::vector<double> fitted;  // [point]
  int degrees = 0;             // beside the constant; 0: the input tells nothing
};

/// y regressed on x by a natural cubic spline with knots at quantiles of x (Hastie, Tibshirani & Friedman 2009, The Elements
/// of Statistical Learning, eq. 5.4). Of 0 to 4 degrees of freedom those with the least leave-one-out error (Allen 1974, PRESS,
/// Technometrics 16) are taken. As many x as y.
Smooth smooth(std::span<const double> x, std::span<const double> y);

}  // namespace sojourn::engine
