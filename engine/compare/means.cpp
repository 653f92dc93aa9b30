#include "engine/compare/means.h"

#include "engine/base/contract.h"

namespace sojourn::engine {
namespace {

RatioSums sums_of(const Tallies& tallies, std::size_t one_case, std::uint32_t score) {
  SOJOURN_EXPECT(one_case < tallies.cases.size(), "a case of the tallies");
  const GroupTally pooled = tallies.cases[one_case].pooled();
  SOJOURN_EXPECT(score < pooled.scores.size(), "a score of the layout");
  return mean_sums(tallies.agents, pooled.scores[score]);
}

}  // namespace

Estimate mean_of(const Tallies& tallies, std::size_t one_case, std::uint32_t score, double unit, Shape shape) {
  return estimate(sums_of(tallies, one_case, score), unit, shape);
}

Estimate mean_difference(const Tallies& tallies, std::size_t one_case, std::uint32_t score, double unit) {
  SOJOURN_EXPECT(one_case > 0, "a scenario, which is compared with the base");
  const RatioSums base = sums_of(tallies, 0, score);
  const RatioSums scenario = sums_of(tallies, one_case, score);
  CrossSums cross;  // with a denominator of 1 for everyone
  cross.a1a2 = tallies.pairs[one_case - 1].pooled().scores[score];
  cross.a1b2.add(base.a);
  cross.b1a2.add(scenario.a);
  cross.b1b2.add(static_cast<Int128>(tallies.agents));
  return estimate_difference(base, scenario, cross, unit);
}

}  // namespace sojourn::engine
