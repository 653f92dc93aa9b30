#include "models/calibrate/checked_cell.h"

#include "engine/base/contract.h"
#include "engine/random/luck.h"
#include "engine/study/decision.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sojourn::models {
namespace {

using Counts = std::array<double, 11>;

/// Pearson 1900.
double chi_squared(const Counts& counts, double n, const ScoreOdds& expected) {
  double sum = 0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const double off = counts[k] - n * expected[k];
    sum += off * off / std::max(n * expected[k], 1e-12);
  }
  return sum;
}

/// As many answers as a cell has, drawn from `odds`.
Counts replicate(const ScoreOdds& odds, double answers, const engine::Luck& luck) {
  Counts counts{};
  const auto n = static_cast<std::uint32_t>(std::max(1L, std::lround(answers)));
  for (std::uint32_t i = 0; i < n; ++i) {
    const double u = engine::uniform(luck.block(i / 4)[i % 4]);
    std::size_t k = 0;
    double upto = odds[0];
    while (k < 10 && u >= upto) upto += odds[++k];
    counts[k] += answers / n;
  }
  return counts;
}

}  // namespace

CheckedCell checked_cell(const AnswerCell& observed, std::span<const ScoreOdds> expected, std::uint64_t seed,
                         std::uint64_t cell) {
  SOJOURN_EXPECT(!expected.empty(), "a posterior has draws");
  const engine::PlaceKey key = engine::place_key(seed, "posterior predictive");
  CheckedCell to;
  to.observed = observed;
  const double n = std::accumulate(observed.count.begin(), observed.count.end(), 0.0);
  const auto draws = static_cast<double>(expected.size());
  int more = 0;
  std::vector<double> nps;
  for (std::size_t d = 0; d < expected.size(); ++d) {
    const ScoreOdds& odds = expected[d];
    for (std::size_t k = 0; k < odds.size(); ++k) to.expected[k] += odds[k] / draws;
    nps.push_back(nps_of(odds));
    const auto luck = engine::luck_of(key, cell, 0, static_cast<std::uint32_t>(d));
    more += chi_squared(replicate(odds, n, luck), n, odds) >= chi_squared(observed.count, n, odds) ? 1 : 0;
  }
  to.p_value = more / draws;
  const ObservedNps there = observed_nps(observed.count);
  to.nps_observed = there.nps;
  to.nps_observed_se = there.se;
  to.nps = nps_of(to.expected);
  double variance = 0;
  for (const double one : nps) variance += (one - to.nps) * (one - to.nps) / draws;
  to.nps_lo = engine::sample_quantile(nps, 0.025);
  to.nps_hi = engine::sample_quantile(nps, 0.975);
  // Errors of what is expected, so that a cell where all say the same is not infinitely surprised.
  const double not_passive = 1 - to.expected[7] - to.expected[8];
  const double expected_variance = 1e4 * (not_passive - to.nps * to.nps * 1e-4) / n;
  to.z = (there.nps - to.nps) / std::sqrt(std::max(expected_variance + variance, 1e-12));
  return to;
}

}  // namespace sojourn::models
