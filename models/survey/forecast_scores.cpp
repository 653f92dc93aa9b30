#include "models/survey/forecast_scores.h"

#include "engine/base/contract.h"
#include "engine/random/luck.h"
#include "models/survey/answers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace sojourn::models {
namespace {

constexpr std::uint32_t resamples = 2000;
constexpr double central = 0.9;

double below(const ScoreOdds& odds, int end) {
  double sum = 0;
  for (int k = 0; k < end; ++k) sum += odds[static_cast<std::size_t>(k)];
  return sum;
}

struct Span {
  int low = 0, high = 10;
};

/// Leaves at most (1 - central) / 2 on either side. What rounding makes of 0.05 counts as that.
Span central_answers(const ScoreOdds& odds) {
  constexpr double side = (1 - central) / 2 + 1e-12;
  Span span;
  for (double left = odds[0]; span.low < 10 && left <= side; left += odds[static_cast<std::size_t>(span.low)])
    ++span.low;
  for (double right = odds[10]; span.high > 0 && right <= side; right += odds[static_cast<std::size_t>(span.high)])
    --span.high;
  return span;
}

ObservedNps classes_nps(double promoters, double detractors, double weights, double effective) {
  SOJOURN_EXPECT(weights > 0, "some answer counts");
  const double p = promoters / weights, d = detractors / weights;
  return {100 * (p - d), 100 * std::sqrt(std::max(0.0, p + d - (p - d) * (p - d)) / effective), effective};
}

}  // namespace

double log_score(const ScoreOdds& odds, int score) {
  const double p = odds[static_cast<std::size_t>(score)];
  return p > 0 ? std::log(p) : -std::numeric_limits<double>::infinity();
}

double ranked_probability_score(const ScoreOdds& odds, int score) {
  double sum = 0, upto = 0;
  for (int k = 0; k < 10; ++k) {
    upto += odds[static_cast<std::size_t>(k)];
    const double off = upto - (score <= k ? 1 : 0);
    sum += off * off;
  }
  return sum / 10;
}

double nps_of(const ScoreOdds& odds) { return 100 * (odds[9] + odds[10] - below(odds, 7)); }

ObservedNps observed_nps(std::span<const ScoredAnswer> answers) {
  double weights = 0, squares = 0, promoters = 0, detractors = 0;
  for (const ScoredAnswer& one : answers) {
    weights += one.weight;
    squares += one.weight * one.weight;
    promoters += one.score >= 9 ? one.weight : 0;
    detractors += one.score <= 6 ? one.weight : 0;
  }
  return classes_nps(promoters, detractors, weights, effective_number(weights, squares));
}

ObservedNps observed_nps(const std::array<double, 11>& counts) {
  const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
  return classes_nps(counts[9] + counts[10], below(counts, 7), all, all);
}

ForecastScores forecast_scores(std::span<const ScoreOdds> forecasts, std::span<const ScoredAnswer> answers) {
  SOJOURN_EXPECT(forecasts.size() == answers.size(), "a forecast for each answer");
  ForecastScores to;
  to.observed = observed_nps(answers);
  double weights = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const double w = answers[i].weight;
    if (w == 0) continue;
    const ScoreOdds& odds = forecasts[i];
    const int score = answers[i].score;
    const Span span = central_answers(odds);
    weights += w;
    to.log_score += w * log_score(odds, score);
    to.rps += w * ranked_probability_score(odds, score);
    to.nps += w * nps_of(odds);
    to.hit_rate += score >= span.low && score <= span.high ? w : 0;
    to.promised_hit_rate += w * (below(odds, span.high + 1) - below(odds, span.low));
  }
  for (double* sum : {&to.log_score, &to.rps, &to.nps, &to.hit_rate, &to.promised_hit_rate}) *sum /= weights;
  return to;
}

ScoreGain score_gain(std::span<const ScoreOdds> forecasts, std::span<const ScoreOdds> than,
                     std::span<const ScoredAnswer> answers, std::uint64_t seed) {
  SOJOURN_EXPECT(forecasts.size() == answers.size() && than.size() == answers.size(), "two forecasts for each answer");
  const std::uint64_t n = answers.size();
  std::vector<double> gain(n);
  double weights = 0, sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (answers[i].weight == 0) continue;
    gain[i] = log_score(forecasts[i], answers[i].score) - log_score(than[i], answers[i].score);
    weights += answers[i].weight;
    sum += answers[i].weight * gain[i];
  }
  SOJOURN_EXPECT(weights > 0 && std::isfinite(sum), "answers that both forecasts hold possible");
  ScoreGain to;
  to.gain = sum / weights;
  const engine::PlaceKey key = engine::place_key(seed, "forecast bootstrap");
  std::vector<double> again;
  for (std::uint32_t resample = 0; resample < resamples; ++resample) {
    double w = 0, s = 0;
    for (std::uint64_t i = 0; i < n; i += 4) {
      const engine::Block words = engine::luck_of(key, i, resample, 0).block(0);
      for (std::uint64_t j = i; j < std::min(n, i + 4); ++j) {
        const auto drawn = static_cast<std::size_t>(engine::uniform(words[j - i]) * static_cast<double>(n));
        w += answers[drawn].weight;
        s += answers[drawn].weight * gain[drawn];
      }
    }
    if (w > 0) again.push_back(s / w);
  }
  std::ranges::sort(again);
  double mean = 0, squares = 0;
  for (const double one : again) mean += one / static_cast<double>(again.size());
  for (const double one : again) squares += (one - mean) * (one - mean);
  to.se = std::sqrt(squares / static_cast<double>(again.size() - 1));
  to.lo = again[again.size() * 25 / 1000];
  to.hi = again[again.size() - 1 - again.size() * 25 / 1000];
  return to;
}

}  // namespace sojourn::models
