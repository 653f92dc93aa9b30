#pragma once
// From a distribution of the file to its quantile function.

#include "engine/random/quantile.h"
#include "models/journey/distribution.h"

namespace sojourn::models {

/// Tables are made anew at each call, and live as long as the pool.
engine::Quantile quantile_of(const Distribution& d, engine::QuantilePool& pool);

}  // namespace sojourn::models
