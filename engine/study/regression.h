#pragma once
// A plane through responses, in units of standard deviations.

#include "engine/study/design.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace sojourn::engine {

/// Standardised regression coefficients (Saltelli et al. 2008, Global Sensitivity Analysis, 1.2.5): how many of its standard deviations the
/// response moves with one of the factor's. They say as much as R2 does.
struct StandardisedRegression {
  struct Coefficient {
    double estimate = 0;    // 0 of a factor that does not vary
    double se = 0;          // by least squares; of a response without noise it is what the plane leaves out
    double lo = 0, hi = 0;  // 95 %, Student's t
  };
  std::vector<Coefficient> coefficients;  // [column]
  double r2 = 0;
  std::size_t rows = 0;
};

/// `x` holds the factors' values. Empty where there are not at least two rows more than columns that vary, where these are collinear, and where the response does not vary.
std::optional<StandardisedRegression> standardised_regression(const Design& x, std::span<const double> y);

}  // namespace sojourn::engine
