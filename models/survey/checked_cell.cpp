#include "models/survey/checked_cell.h"

#include "engine/base/contract.h"
#include "engine/random/luck.h"
#include "engine/study/decision.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sojourn::models {
namespace {

using Counts = std::array<double, 11>;

constexpr std::uint32_t kSurveys = 10;  // simulated of each draw, for intervals of what a survey finds
constexpr double kZ95 = 1.959964;

double sum_of(const Counts& counts) { return std::accumulate(counts.begin(), counts.end(), 0.0); }

/// Of the answers 0..10.
double mean_of(const Counts& counts) {
  double sum = 0;
  for (std::size_t k = 0; k < counts.size(); ++k) sum += static_cast<double>(k) * counts[k];
  return sum / sum_of(counts);
}

double mean_error(const Counts& counts) {
  const double mean = mean_of(counts);
  double sum = 0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const double off = static_cast<double>(k) - mean;
    sum += counts[k] * off * off;
  }
  return std::sqrt(sum) / sum_of(counts);
}

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

void put_quantiles(const std::vector<double>& values, double& lo, double& hi) {
  lo = engine::sample_quantile(values, 0.025);
  hi = engine::sample_quantile(values, 0.975);
}

/// Shares, NPS and mean of several surveys.
struct Spread {
  std::array<std::vector<double>, 11> shares;
  std::vector<double> nps, means;

  void add(const ScoreOdds& odds) {
    for (std::size_t k = 0; k < odds.size(); ++k) shares[k].push_back(odds[k]);
    nps.push_back(nps_of(odds));
    means.push_back(mean_of(odds));
  }
  void put(ScoreOdds& lo, ScoreOdds& hi) const {
    for (std::size_t k = 0; k < lo.size(); ++k) put_quantiles(shares[k], lo[k], hi[k]);
  }
};

void put_observed(CheckedCell& to) {
  const ObservedNps nps = observed_nps(to.observed.count);
  to.nps_observed = nps.nps;
  to.nps_observed_se = nps.se;
  to.nps_observed_lo = nps.nps - kZ95 * nps.se;
  to.nps_observed_hi = nps.nps + kZ95 * nps.se;
  to.mean_observed = mean_of(to.observed.count);
  to.mean_observed_se = mean_error(to.observed.count);
  to.mean_observed_lo = to.mean_observed - kZ95 * to.mean_observed_se;
  to.mean_observed_hi = to.mean_observed + kZ95 * to.mean_observed_se;
}

/// With the parameters' uncertainty.
void put_expected(CheckedCell& to, std::span<const ScoreOdds> expected, double n) {
  const auto draws = static_cast<double>(expected.size());
  Spread spread;
  for (const ScoreOdds& odds : expected) {
    for (std::size_t k = 0; k < odds.size(); ++k) to.expected[k] += odds[k] / draws;
    spread.add(odds);
  }
  spread.put(to.expected_lo, to.expected_hi);
  to.nps = nps_of(to.expected);
  put_quantiles(spread.nps, to.nps_lo, to.nps_hi);
  to.mean = mean_of(to.expected);
  put_quantiles(spread.means, to.mean_lo, to.mean_hi);
  double variance = 0;
  for (const double one : spread.nps) variance += (one - to.nps) * (one - to.nps) / draws;
  // Errors of what is expected, so that a cell where all say the same is not infinitely surprised.
  const double not_passive = 1 - to.expected[7] - to.expected[8];
  const double expected_variance = 1e4 * (not_passive - to.nps * to.nps * 1e-4) / n;
  to.z = (to.nps_observed - to.nps) / std::sqrt(std::max(expected_variance + variance, 1e-12));
}

/// What another survey of as many answers would find.
void put_predicted(CheckedCell& to, std::span<const ScoreOdds> expected, double n, std::uint64_t seed,
                   std::uint64_t cell) {
  const engine::PlaceKey key = engine::place_key(seed, "posterior predictive intervals");
  Spread surveys;
  for (std::uint32_t d = 0; d < expected.size(); ++d) {
    for (std::uint32_t survey = 0; survey < kSurveys; ++survey) {
      ScoreOdds found = replicate(expected[d], n, engine::luck_of(key, cell, survey, d));
      for (double& one : found) one /= n;
      surveys.add(found);
    }
  }
  surveys.put(to.predicted_lo, to.predicted_hi);
  put_quantiles(surveys.nps, to.nps_predicted_lo, to.nps_predicted_hi);
  put_quantiles(surveys.means, to.mean_predicted_lo, to.mean_predicted_hi);
}

}  // namespace

bool fits(const CheckedCell& cell) { return std::abs(cell.z) <= 3 && cell.p_value >= 0.01; }

CheckedCell checked_cell(const AnswerCell& observed, std::span<const ScoreOdds> expected, std::uint64_t seed,
                         std::uint64_t cell) {
  SOJOURN_EXPECT(!expected.empty(), "a posterior has draws");
  CheckedCell to;
  to.observed = observed;
  const double n = sum_of(observed.count);
  put_observed(to);
  put_expected(to, expected, n);
  put_predicted(to, expected, n, seed, cell);
  const engine::PlaceKey key = engine::place_key(seed, "posterior predictive");
  int more = 0;
  for (std::uint32_t d = 0; d < expected.size(); ++d) {
    const Counts drawn = replicate(expected[d], n, engine::luck_of(key, cell, 0, d));
    more += chi_squared(drawn, n, expected[d]) >= chi_squared(observed.count, n, expected[d]) ? 1 : 0;
  }
  to.p_value = more / static_cast<double>(expected.size());
  return to;
}

}  // namespace sojourn::models
