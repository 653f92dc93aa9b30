#pragma once
// The maximum of a function of which only values are known, and those with small jumps.

#include <Eigen/Core>

#include <functional>
#include <string>

namespace sojourn::models {

struct MaximumPlan {
  Eigen::VectorXd start, low, high;  // low <= start <= high
  Eigen::VectorXd step;              // > 0: how far the first look goes in each direction
  double tolerance = 0.05;           // > 0: in first steps, how sure the place is to be
  int most = 100;                    // >= 1 evaluations
};

struct Maximum {
  Eigen::VectorXd x;
  double value = 0;
  int evaluations = 0;
  bool settled = false;  // false: `most` came first
};

/// Subplex (Rowan 1990, Functional stability analysis of numerical algorithms, thesis, University of Texas) inside bounds, as NLopt has it
/// (Johnson, LN_SBPLX): a simplex search in subspaces, made for functions with noise. No chance in it. `f` is finite at the start and may be
/// -infinity elsewhere; what it throws comes through.
Maximum maximum(const std::function<double(const Eigen::VectorXd&)>& f, const MaximumPlan& plan);

/// "NLopt 2.7.1 LN_SBPLX".
std::string search_name();

}  // namespace sojourn::models
