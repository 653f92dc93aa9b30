#pragma once
// How a draw moves when a parameter of its distribution does, its luck held fixed: the derivative of a quantile function
// with respect to a parameter. Pathwise derivatives are made of these (Glasserman 1991, Gradient Estimation via Perturbation
// Analysis, ch. 1).

#include "engine/random/quantile.h"

namespace sojourn::engine {

/// The central difference of two quantile functions that differ in one parameter. Exact up to rounding where the quantile is
/// linear in the parameter (means, standard deviations of normals, ends of uniforms), else with a relative error of the
/// order of the squared relative step.
struct QuantileSlope {
  Quantile above;
  Quantile below;
  double per_step = 0;  // 1 / (parameter above - parameter below)

  double operator()(double u) const {
    if (above.kind == Quantile::Kind::normal && below.kind == Quantile::Kind::normal) {  // linear in both parameters
      const double in_width = above.b - below.b;
      return (above.a - below.a + (in_width == 0 ? 0 : in_width * formula::normal(*above.z, u))) * per_step;
    }
    return (above(u) - below(u)) * per_step;
  }
};

/// The luck at which a rising quantile function passes x: P(X <= x); 0 or 1 where it never does. By bisection; for tables
/// made before a run, not for the run itself.
double share_below(const Quantile& quantile, double x);

/// The density at the quantile of u, from the slope of the quantile function; 0 for a distribution without one.
double density_at(const Quantile& quantile, double u);

/// Half the distance between the quantiles one normal standard deviation below and above the median; 0 for what has no
/// density (constants, discrete distributions).
double half_width(const Quantile& quantile);

inline bool has_density(const Quantile& quantile) {
  return quantile.kind != Quantile::Kind::constant && quantile.kind != Quantile::Kind::discrete;
}

}  // namespace sojourn::engine
