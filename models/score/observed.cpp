#include "models/score/observed.h"

#include "engine/tally/interval.h"
#include "models/score/figure_kind.h"

#include <cmath>

namespace sojourn::models {

Figure observed_mean(double n, double mean, double sd) {
  Figure figure;
  figure.estimate = mean;
  if (n < fewest_answers || !(sd > 0)) return figure;  // all alike: the spread is not known, and hardly 0
  figure.se = sd / std::sqrt(n);
  const double half = engine::student_t(engine::kZ95, n - 1) * figure.se;
  figure.lo = mean - half;
  figure.hi = mean + half;
  return figure;
}

Figure observed_share(double n, double share) {
  Figure figure;
  figure.estimate = share;
  if (n < fewest_answers) return figure;
  figure.se = std::sqrt(share * (1 - share) / n);
  const auto [lo, hi] = engine::wilson(share, n, engine::kZ95);
  figure.lo = lo;
  figure.hi = hi;
  return figure;
}

ObservedFigure held_against(const Figure& simulated, const Observation& observation) {
  const Figure& seen = observation.value;
  ObservedFigure result{observation.address, observation.n, kNone, seen, simulated, {}, kNone, Agreement::unclear, {}};
  Figure& gap = result.gap;
  gap.estimate = simulated.estimate - seen.estimate;
  const bool shares = !std::isfinite(observation.sd) && kind_of_figure(observation.address).unit == Unit::share;
  // Under the hypothesis that is tested, the model's share is the answers' (a score test; an observed 0 has no se).
  const double p = simulated.estimate;
  const double seen_se = shares && p > 0 && p < 1 ? std::sqrt(p * (1 - p) / observation.n) : seen.se;
  const double sim_se = std::isfinite(simulated.se) ? simulated.se : 0;
  gap.se = std::sqrt(sim_se * sim_se + seen.se * seen.se);
  const double se = std::sqrt(sim_se * sim_se + seen_se * seen_se);
  if (se > 0 && observation.n >= fewest_answers) result.z = gap.estimate / se;
  const auto below = [](const Figure& f) { return f.estimate - (std::isfinite(f.lo) ? f.lo : f.estimate); };
  const auto above = [](const Figure& f) { return (std::isfinite(f.hi) ? f.hi : f.estimate) - f.estimate; };
  if (!std::isfinite(gap.estimate) || !std::isfinite(seen.lo)) return result;
  const auto together = [](double a, double b) { return std::sqrt(a * a + b * b); };
  gap.lo = gap.estimate - together(below(simulated), above(seen));
  gap.hi = gap.estimate + together(above(simulated), below(seen));
  result.verdict = gap.lo > 0 ? Agreement::model_higher : gap.hi < 0 ? Agreement::model_lower : Agreement::agrees;
  return result;
}

}  // namespace sojourn::models
