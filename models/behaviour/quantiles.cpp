#include "models/behaviour/quantiles.h"

#include "engine/base/contract.h"
#include "engine/walk/chunks.h"

#include <utility>
#include <vector>

namespace sojourn::models {

namespace {

bool is_tabulated(const Distribution& d) {
  return d.family == Distribution::Family::gamma || d.family == Distribution::Family::beta;
}

}  // namespace

engine::Quantile Quantiles::operator()(const Distribution& d) {
  if (!is_tabulated(d)) return make(d);
  const Key key(d.family, d.a, d.b);
  if (const engine::Quantile* known = find(key)) return *known;
  return made_.emplace(key, make(d)).first->second;
}

void Quantiles::prepare(std::span<const Distribution* const> distributions, int threads) {
  std::map<Key, const Distribution*> wanted;
  for (const Distribution* d : distributions) {
    const Key key(d->family, d->a, d->b);
    if (is_tabulated(*d) && find(key) == nullptr) wanted.emplace(key, d);
  }
  std::vector<std::pair<Key, const Distribution*>> list(wanted.begin(), wanted.end());
  std::vector<engine::Quantile> tables(list.size());
  engine::ParallelPlan parallel;
  parallel.last_agent = list.size();  // here, what is worked through one by one are tables
  parallel.threads = threads;
  parallel.chunk = 1;
  engine::for_each_chunk(parallel, {}, [&](int, engine::ChunkRange range) {
    tables[range.first_agent] = make(*list[range.first_agent].second);
  });
  for (std::size_t i = 0; i < list.size(); ++i) made_.emplace(list[i].first, tables[i]);
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
