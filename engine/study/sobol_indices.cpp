#include "engine/study/sobol_indices.h"

#include "engine/base/contract.h"
#include "engine/study/decision.h"

#include <numeric>

namespace sojourn::engine {
namespace {

/// Estimates from base points that are counted as often as `chosen` names them.
class Estimator {
 public:
  Estimator(std::span<const double> responses, std::size_t factors)
      : responses_(responses), factors_(factors), points_(responses.size() / (factors + 2)) {}

  std::size_t points() const { return points_; }

  /// first[0..k), total[0..k), then mean and variance.
  std::vector<double> of(const std::vector<std::uint32_t>& chosen) const {
    const std::size_t k = factors_;
    const auto n = static_cast<double>(chosen.size());
    double sum = 0;
    for (const std::uint32_t j : chosen) sum += a(j) + b(j);
    const double mean = sum / (2 * n);
    double squares = 0;
    for (const std::uint32_t j : chosen) squares += (a(j) - mean) * (a(j) - mean) + (b(j) - mean) * (b(j) - mean);
    const double variance = squares / (2 * n);
    std::vector<double> result(2 * k + 2, 0.0);
    result[2 * k] = mean;
    result[2 * k + 1] = variance;
    if (!(variance > 0)) return result;
    for (std::size_t i = 0; i < k; ++i) {
      double first = 0, total = 0;
      for (const std::uint32_t j : chosen) {
        const double step = mixed(j, i) - a(j);
        first += (b(j) - mean) * step;
        total += step * step;
      }
      result[i] = first / n / variance;
      result[k + i] = total / (2 * n) / variance;
    }
    return result;
  }

 private:
  double a(std::size_t j) const { return responses_[j * (factors_ + 2)]; }
  double b(std::size_t j) const { return responses_[j * (factors_ + 2) + factors_ + 1]; }
  /// A with the column from B.
  double mixed(std::size_t j, std::size_t column) const { return responses_[j * (factors_ + 2) + 1 + column]; }

  std::span<const double> responses_;
  std::size_t factors_, points_;
};

}  // namespace

SobolIndices sobol_indices(std::span<const double> responses, std::size_t factors, const BootstrapPlan& plan) {
  SOJOURN_EXPECT(factors > 0 && responses.size() % (factors + 2) == 0 && responses.size() / (factors + 2) >= 2,
                 "responses of a Saltelli design");
  SOJOURN_EXPECT(plan.resamples >= 100, "enough resamples for an interval");
  const Estimator estimator(responses, factors);
  std::vector<std::uint32_t> all(estimator.points());
  std::iota(all.begin(), all.end(), std::uint32_t{0});
  const std::vector<double> estimates = estimator.of(all);

  std::vector<std::vector<double>> resamples(2 * factors);  // [index][resample]
  for (std::size_t r = 0; r < plan.resamples; ++r) {
    const std::vector<double> one = estimator.of(resampled(estimator.points(), r, plan.seed));
    for (std::size_t i = 0; i < 2 * factors; ++i) resamples[i].push_back(one[i]);
  }
  const auto bounded = [&](std::size_t i) {
    const double tail = (1 - plan.confidence) / 2;
    return Bounded{estimates[i], sample_quantile(resamples[i], tail), sample_quantile(resamples[i], 1 - tail)};
  };
  SobolIndices result;
  result.mean = estimates[2 * factors];
  result.variance = estimates[2 * factors + 1];
  for (std::size_t i = 0; i < factors; ++i) result.factors.push_back({bounded(i), bounded(factors + i)});
  return result;
}

}  // namespace sojourn::engine
