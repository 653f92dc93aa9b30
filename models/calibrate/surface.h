#pragma once
// A quadratic through values that are known with small jumps.

#include <Eigen/Core>

#include <vector>

namespace sojourn::models {

/// value + slope' u + u' curvature u / 2.
struct Surface {
  double value = 0;
  Eigen::VectorXd slope;
  Eigen::MatrixXd curvature;
};

/// Where to look, (point, coordinate) in steps: the centre, one step and half a step along each axis, and for each pair 0.7 steps along both
/// (a central composite design; Box & Wilson 1951, Journal of the Royal Statistical Society B 13).
Eigen::MatrixXd surface_design(Eigen::Index coordinates);

/// By least squares, one for each column of `values` (point, column). There are at least as many points as coefficients, as in surface_design.
std::vector<Surface> surfaces_through(const Eigen::MatrixXd& places, const Eigen::MatrixXd& values);

}  // namespace sojourn::models
