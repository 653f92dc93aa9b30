#pragma once
// A continuous function of one number, linear between its knots and constant outside: what clamps, pains, lifts and
// disconfirmation make of a drawn performance. Its mean under a law is exact.

#include "models/exact/detail/law.h"

#include <functional>
#include <initializer_list>
#include <vector>

namespace sojourn::models::exact {

struct Piecewise {
  std::vector<double> x, y;  // knots, x rising

  /// clamp(x, 0, 10).
  static Piecewise points() { return {{0, 10}, {0, 10}}; }

  /// f after this, where f is linear between the given values of y and outside of them.
  Piecewise then(std::initializer_list<double> kinks, const std::function<double(double)>& f) const;

  double operator()(double at) const;
  double mean(const Law& law) const;
};

}  // namespace sojourn::models::exact
