#pragma once
// Distributions with one parameter moved a little.

#include "models/behaviour/quantiles.h"
#include "models/drivers/origins.h"
#include "models/journey/distribution.h"

#include <string>

namespace sojourn::models::detail {

/// Makes slopes from quantile functions that are each made once.
class Slopes {
 public:
  Slopes(Quantiles& quantiles, Levers& levers) : quantiles_(quantiles), levers_(levers) {}

  /// `tree`: of a normalised and valid journey, at `address`.
  DrawOrigin of(const Tree& tree, const std::string& address, Quantity quantity);

 private:
  Quantiles& quantiles_;
  Levers& levers_;
};

}  // namespace sojourn::models::detail
