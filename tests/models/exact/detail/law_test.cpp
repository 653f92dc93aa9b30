#include "models/exact/detail/law.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::models::exact {
namespace {

Distribution of(Distribution::Family family, double a, double b) {
  Distribution d;
  d.family = family;
  d.a = a;
  d.b = b;
  return d;
}

double normal_below(double z) { return 0.5 * std::erfc(-z * M_SQRT1_2); }

/// Of every mean and spread, among them shapes on which Boost's own inverses give up.
TEST(Law, quantiles_invert_the_distribution_function) {
  std::vector<Distribution> all;
  for (const double mean : {0.01, 0.5, 2.4975, 2.5, 5.0, 9.9}) {
    for (const double part : {0.01, 0.2, 0.6501, 0.9, 0.99}) {
      all.push_back(of(Distribution::Family::beta, mean, part * std::sqrt(mean * (10 - mean))));
    }
    for (const double ratio : {0.01, 0.5, 1.0, 3.0, 20.0})
      all.push_back(of(Distribution::Family::gamma, mean, ratio * mean));
  }
  for (const Distribution& d : all) {
    const Law law(d);
    double last = -1;
    for (double z = -8; z <= 8; z += 0.37) {
      const double x = law.at_z(z);
      EXPECT_GE(x, last);
      last = x;
      // Where doubles do not tell the share's neighbours apart, the ends of the range are as near as can be.
      if (x < 1e-270 || x > 10 - 1e-9) continue;
      const double share = z < 0 ? law.at_most(x) : law.above(x);
      EXPECT_NEAR(share / normal_below(z < 0 ? z : -z), 1, 1e-6)
          << d.a << " " << d.b << (d.family == Distribution::Family::beta ? " beta" : " gamma") << " at " << z;
    }
  }
}

}  // namespace
}  // namespace sojourn::models::exact
