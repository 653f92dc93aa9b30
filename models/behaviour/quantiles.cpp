#include "models/behaviour/quantiles.h"

#include "engine/base/contract.h"

namespace sojourn::models {

engine::Quantile quantile_of(const Distribution& d, engine::QuantilePool& pool) {
  switch (d.family) {
    case Distribution::Family::constant: return pool.constant(d.a);
    case Distribution::Family::normal: return pool.normal(d.a, d.b);
    case Distribution::Family::lognormal: return pool.lognormal(d.a, d.b);
    case Distribution::Family::exponential: return pool.exponential(d.a);
    case Distribution::Family::gamma: return pool.gamma(d.a, d.b);
    case Distribution::Family::uniform: return pool.uniform(d.a, d.b);
    case Distribution::Family::triangular: return pool.triangular(d.a, d.b, d.c);
    case Distribution::Family::beta: {
      const double m = d.a / 10;
      const double s = d.b / 10;
      const double n = m * (1 - m) / (s * s) - 1;
      return pool.beta(m * n, (1 - m) * n, 10.0);
    }
    case Distribution::Family::discrete: return pool.discrete(d.points);
  }
  SOJOURN_EXPECT(false, "unknown family");
  return {};
}

}  // namespace sojourn::models
