#pragma once
// A calibrated journey held against answers that it has not seen.

#include "models/survey/answers.h"
#include "models/survey/forecast_scores.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

/// A forecast of held-out answers, and by how much the journey's is better.
struct Baseline {
  std::string name;  // "uniform", "marginal", "segment", "persistence"; "ordered_logit" on the same ratings
  std::optional<ForecastScores> scores;  // nothing where there is no such forecast
  ScoreGain gain;
  std::string why_not;
};

/// By how much the NPS of the held-out answers lies above that of those that calibrated, points.
struct NpsShift {
  double predicted = 0, lo = 0, hi = 0;  // 95 %: parameters and as many answers as were given
  double observed = 0, observed_se = 0;
};

struct HeldOut {
  ForecastScores scores;
  double nps_lo = 0, nps_hi = 0;  // of the predicted NPS: parameters and as many answers as were given
  double nps_observed_lo = 0, nps_observed_hi = 0;
  NpsShift shift;
  std::vector<Baseline> baselines;
  double drift = 0, drift_se = 0;  // points by which all held-out answers are shifted, beyond the journey
  double drift_lo = 0, drift_hi = 0;
  double drift_nps = 0;  // what that is in NPS, and what the ends of its 95 % interval are
  double drift_nps_lo = 0, drift_nps_hi = 0;
};

/// Whether held-out answers are shifted by more than two errors.
bool drifts(const HeldOut& held_out);

/// An answer that was held out.
struct HeldAnswer {
  ScoredAnswer scored;
  std::uint32_t forecast = 0;  // its place among a draw's forecasts
  const AnswerCell* cell = nullptr;
  const Respondent* who = nullptr;  // nobody where the file has histograms
};

/// Respondents who have some weight, or of a histogram as many answers as it has. `forecast` says where the forecasts have the i-th respondent in
/// the c-th cell; of histograms i is kNotSaid. What is pointed to is `answers`.
using ForecastOf = std::function<std::uint32_t(std::uint32_t respondent, std::uint32_t cell)>;
std::vector<HeldAnswer> held_answers(const Answers& answers, const ForecastOf& forecast);

/// What a journey says about held-out answers.
struct HeldOutForecasts {
  std::vector<std::vector<ScoreOdds>> draws;  // [posterior draw][forecast]
  std::vector<double> training_nps;           // [posterior draw] of the answers that calibrated
  /// [forecast] of the most likely journey, all answers moved by so many points.
  std::function<std::vector<ScoreOdds>(double shift)> shifted;
};

/// `training` has the answers that calibrated; where respondents rated where they had been, `ratings_count`, the ordered logit on the same ratings
/// is among the baselines.
HeldOut look_at_held_out(std::span<const HeldAnswer> held, const HeldOutForecasts& forecasts, const Answers& training,
                         bool ratings_count, std::uint64_t seed);

}  // namespace sojourn::models
