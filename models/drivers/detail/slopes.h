#pragma once
// Distributions with one parameter moved a little.

#include "models/drivers/origins.h"
#include "models/journey/distribution.h"

#include <map>
#include <string>
#include <tuple>

namespace sojourn::models::detail {

/// Makes slopes; those of equal distributions once, for gammas and betas take a while to tabulate.
class Slopes {
 public:
  Slopes(engine::QuantilePool& pool, Levers& levers) : pool_(pool), levers_(levers) {}

  /// `tree`: of a normalised and valid journey, at `address`.
  DrawOrigin of(const Tree& tree, const std::string& address, Quantity quantity);

 private:
  using Key = std::tuple<Distribution::Family, double, double, double>;
  engine::Quantile quantile(const Distribution& d);

  engine::QuantilePool& pool_;
  Levers& levers_;
  std::map<Key, engine::Quantile> made_;
};

}  // namespace sojourn::models::detail
