#include "engine/solve/horizon.h"

#include "engine/base/contract.h"

#include <numeric>

namespace sojourn::engine {

Horizon horizon(const ChainSolver& solver, std::span<const double> start, const HorizonQuestion& question) {
  const AbsorbingChain& chain = solver.chain();
  const std::uint32_t n = chain.states();
  const bool timed = !question.durations.empty();
  Horizon result;
  result.exact = true;
  std::vector<double> mass(start.begin(), start.end());
  std::vector<double> time(timed ? n : 0, 0.0);
  result.visits.assign(n, 0.0);
  if (timed) result.time_visits.assign(n, 0.0);
  for (std::uint64_t visit = 0; visit < question.limit; ++visit) {
    std::vector<double> next(n, 0.0);
    std::vector<double> next_time(time.size(), 0.0);
    for (std::uint32_t i = 0; i < n; ++i) {
      if (mass[i] == 0) continue;
      result.visits[i] += mass[i];
      if (timed) result.time_visits[i] += time[i];
      for (std::size_t k = chain.first(i); k < chain.first(i + 1); ++k) {
        const auto& step = chain.steps()[k];
        if (step.to >= n) continue;
        next[step.to] += mass[i] * step.probability;
        if (timed) next_time[step.to] += time[i] * step.probability + mass[i] * question.durations[k];
      }
    }
    mass.swap(next);
    time.swap(next_time);
  }
  result.truncated = std::accumulate(mass.begin(), mass.end(), 0.0);
  result.at_limit = std::move(mass);
  result.time_at_limit = std::move(time);
  return result;
}

}  // namespace sojourn::engine
