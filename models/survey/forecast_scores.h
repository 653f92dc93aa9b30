#pragma once
// How well forecasts of the answers 0 to 10 agree with answers that they had not seen, and which of two agrees better.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::models {

/// Probabilities of the answers [0..10]; they add up to 1.
using ScoreOdds = std::array<double, 11>;

/// An answer, or so many of them.
struct ScoredAnswer {
  int score = 0;      // 0..10
  double weight = 1;  // >= 0
};

/// ln of the probability that the answer had, in nats: the higher the better (Good 1952). Minus infinity where it had none.
double log_score(const ScoreOdds& odds, int score);

/// Mean over k = 0..9 of (P(Y <= k) - [score <= k])^2: 0 (sure and right) to 1, the lower the better (Epstein 1969; Murphy 1971).
double ranked_probability_score(const ScoreOdds& odds, int score);

/// 100 (P(9 or 10) - P(0 to 6)).
double nps_of(const ScoreOdds& odds);

/// The NPS of answers: its error is 100 sqrt(var{-1, 0, 1} / n), equation (24), n being (sum w)^2 / sum w^2.
struct ObservedNps {
  double nps = 0, se = 0;
  double n = 0;  // effective
};
ObservedNps observed_nps(std::span<const ScoredAnswer> answers);
/// Of a histogram of effective answers [0..10], not all 0.
ObservedNps observed_nps(const std::array<double, 11>& counts);

/// Weighted means over the answers; forecasts[i] is of answers[i]. There is some weight.
struct ForecastScores {
  double log_score = 0;
  double rps = 0;
  double nps = 0;        // predicted
  ObservedNps observed;  // of the same answers
  double hit_rate = 0;   // share of answers in their forecast's central 90 %: the least interval of answers that has it
  double promised_hit_rate = 0;  // what those intervals have by their own forecasts, 0.9 or more
};
ForecastScores forecast_scores(std::span<const ScoreOdds> forecasts, std::span<const ScoredAnswer> answers);

/// By how much the mean log score of one forecast is above another's, in nats per answer.
struct ScoreGain {
  double gain = 0;
  double se = 0;          // of the bootstrap
  double lo = 0, hi = 0;  // 95 %
};

/// The interval is that of the paired percentile bootstrap: as many answers drawn with replacement, with their weights and both their
/// forecasts (Efron & Tibshirani 1993, 13.3). The same seed gives the same interval. Both give every answer some probability.
ScoreGain score_gain(std::span<const ScoreOdds> forecasts, std::span<const ScoreOdds> than,
                     std::span<const ScoredAnswer> answers, std::uint64_t seed);

}  // namespace sojourn::models
