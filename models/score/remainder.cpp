#include "models/score/remainder.h"

#include "engine/base/contract.h"
#include "engine/tally/estimate.h"
#include "engine/tally/interval.h"
#include "models/score/figures.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models {

Figure nps_remainder(const Experiment& experiment, const engine::Tallies& tallies) {
  const std::size_t k = tallies.pairs.size();
  SOJOURN_EXPECT(k >= 2, "single changes, then all of them");
  const auto weight = [&](std::size_t i) { return i + 1 == k ? 1.0 : -1.0; };
  Figure figure;
  figure.estimate = 0;
  double variance = 0;  // over agents, of the weighted sum of their changes
  for (std::size_t i = 0; i < k; ++i) {
    figure.estimate += weight(i) * differences_of(experiment, tallies, i).overall[Metric::nps].estimate;
    for (std::size_t j = 0; j < k; ++j) {
      variance += weight(i) * weight(j) *
                  engine::covariance(tallies.agents, tallies.headline_changes[i], tallies.headline_changes[j],
                                     tallies.headline_products[i * k + j]);
    }
  }
  const double agents_less_one = static_cast<double>(std::max<std::uint64_t>(2, tallies.agents) - 1);
  figure.se = std::sqrt(std::max(0.0, variance) / agents_less_one) * mean_source(Metric::nps)->unit;
  figure.lo = figure.estimate - engine::kZ95 * figure.se;
  figure.hi = figure.estimate + engine::kZ95 * figure.se;
  return figure;
}

}  // namespace sojourn::models
