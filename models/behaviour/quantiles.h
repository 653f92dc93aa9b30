#pragma once
// Quantile functions of the journey's distributions, each made once.

#include "engine/random/quantile.h"
#include "models/journey/distribution.h"

#include <map>
#include <memory>
#include <span>
#include <tuple>

namespace sojourn::models {

/// Makes quantile functions and keeps them: those of a gamma or a beta are tabulated, which costs as much as thousands of
/// visits. What an older one has made already is taken from there, so that cases which differ in a few numbers share the
/// rest; the older one must not make more meanwhile. By one thread at a time, but for what `prepare` does inside.
class Quantiles {
 public:
  explicit Quantiles(std::shared_ptr<const Quantiles> older = {}) : older_(std::move(older)) {}

  engine::Quantile operator()(const Distribution& distribution);
  /// Tabulates at once, by as many threads (0: all), what would otherwise be tabulated when it is asked for.
  void prepare(std::span<const Distribution* const> distributions, int threads);

 private:
  using Key = std::tuple<Distribution::Family, double, double>;
  const engine::Quantile* find(const Key& key) const;
  engine::Quantile make(const Distribution& distribution);

  std::shared_ptr<const Quantiles> older_;
  engine::QuantilePool pool_;
  std::map<Key, engine::Quantile> made_;
};

}  // namespace sojourn::models
