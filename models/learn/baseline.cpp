#include "models/learn/baseline.h"

#include <array>
#include <cmath>
#include <limits>

namespace sojourn::models {

OrderBaseline fit_baseline(const ContextCounts& counts, unsigned order) {
  constexpr std::array concentrations = {0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0};
  OrderBaseline best{order, 1, std::numeric_limits<double>::infinity()};
  for (const double concentration : concentrations) {
    double nats = 0;
    for (const auto& [context, followers] : counts.contexts()) {
      if (context.depth() != order) continue;
      for (const auto& [symbol, sums] : followers.next) {
        for (unsigned fold = 0; fold < kFolds; ++fold) {
          if (sums.fold[fold] == 0) continue;
          nats -= sums.fold[fold] * std::log(counts.probability(context, symbol, concentration, fold));
        }
      }
    }
    if (nats < best.nats) best = {order, concentration, nats};
  }
  return best;
}

double nats_of(const OrderBaseline& baseline, const ContextCounts& counts, const Traces& traces,
               const Alphabet& alphabet) {
  double nats = 0;
  for (const Trace& trace : traces.list) {
    Context context = counts.beginning();
    const auto seen = [&](Symbol symbol) {
      nats -= std::log(counts.probability(context.suffix(baseline.order), symbol, baseline.concentration));
      context = context.then(symbol);
    };
    for (const Step& step : traces.of(trace)) {
      seen(step.symbol);
      nats -= std::log(alphabet.share_within[step.activity]);
    }
    seen(counts.end());
  }
  return nats;
}

}  // namespace sojourn::models
