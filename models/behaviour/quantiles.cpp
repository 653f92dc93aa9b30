#include "models/behaviour/quantiles.h"

#include "engine/base/contract.h"

namespace sojourn::models {

engine::Quantile Quantiles::operator()(const Distribution& d) {
  if (d.family != Distribution::Family::gamma && d.family != Distribution::Family::beta) return make(d);
  const Key key(d.family, d.a, d.b);
  if (const engine::Quantile* known = find(key)) return *known;
  return made_.emplace(key, make(d)).first->second;
}

const engine::Quantile* Quantiles::find(const Key& key) const {
  const auto found = made_.find(key);
  if (found != made_.end()) return &found->second;
  return older_ ? older_->find(key) : nullptr;
}

engine::Quantile Quantiles::make(const Distribution& d) {
  switch (d.family) {
    case Distribution::Family::constant: return pool_.constant(d.a);
    case Distribution::Family::normal: return pool_.normal(d.a, d.b);
    case Distribution::Family::lognormal: return pool_.lognormal(d.a, d.b);
    case Distribution::Family::exponential: return pool_.exponential(d.a);
    case Distribution::Family::gamma: return pool_.gamma(d.a, d.b);
    case Distribution::Family::uniform: return pool_.uniform(d.a, d.b);
    case Distribution::Family::triangular: return pool_.triangular(d.a, d.b, d.c);
    case Distribution::Family::beta: {
      const double m = d.a / 10;
      const double s = d.b / 10;
      const double n = m * (1 - m) / (s * s) - 1;
      return pool_.beta(m * n, (1 - m) * n, 10.0);
    }
    case Distribution::Family::discrete: return pool_.discrete(d.points);
  }
  SOJOURN_EXPECT(false, "unknown family");
  return {};
}

}  // namespace sojourn::models
