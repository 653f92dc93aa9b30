#pragma once
// What is known of a number before the data, as a density.

#include "models/journey/uncertain.h"

#include <limits>

namespace sojourn::models {

struct Support {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};

/// Where the density is above 0, whatever the range of the address.
Support support_of(const Uncertain& prior);

struct LogDensity {
  double value = 0;  // up to a constant that does not depend on x
  double slope = 0;  // d value / d x
};

/// Of a distribution with a density, at x inside its support.
LogDensity log_density(const Uncertain& prior, double x);

/// Mean and standard deviation, bounds left out of account.
double prior_mean(const Uncertain& prior);
double prior_sd(const Uncertain& prior);

}  // namespace sojourn::models
