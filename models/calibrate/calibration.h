#pragma once
// A journey calibrated to a survey: the whole of it, from answers to parameters with their uncertainty and to what is to be thought of them.

#include "models/calibrate/answers.h"
#include "models/calibrate/forecast_scores.h"
#include "models/calibrate/posterior.h"
#include "models/calibrate/shape.h"
#include "models/calibrate/weak.h"
#include "models/journey/read.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sojourn::models {

struct CalibrationPlan {
  std::uint64_t seed = 1;
  int threads = 0;             // 0: all; nothing hangs on it
  std::uint32_t journeys = 0;  // of each persona in the bank; 0: as many as the answers ask for
  PosteriorPlan posterior;     // its seed and threads are those above
};

/// A cell of the survey beside what the calibrated journey expects there.
struct CheckedCell {
  AnswerCell observed;
  ScoreOdds expected{};                        // mean over posterior draws
  ScoreOdds expected_lo{}, expected_hi{};      // 95 % of the draws: the parameters' uncertainty
  ScoreOdds predicted_lo{}, predicted_hi{};    // 95 % of shares among as many answers: that and chance
  double p_value = 0;  // posterior predictive, of chi squared (Gelman, Meng & Stern 1996): small means a misfit
  double nps_observed = 0, nps_observed_se = 0;
  double nps_observed_lo = 0, nps_observed_hi = 0;  // 95 %
  double nps = 0, nps_lo = 0, nps_hi = 0;  // expected, with the parameters' uncertainty
  double nps_predicted_lo = 0, nps_predicted_hi = 0;  // of as many answers
  double z = 0;                                       // (observed - expected) over both errors
  double mean_observed = 0, mean_observed_se = 0;     // of the answers 0..10
  double mean_observed_lo = 0, mean_observed_hi = 0;
  double mean = 0, mean_lo = 0, mean_hi = 0;
  double mean_predicted_lo = 0, mean_predicted_hi = 0;
};

/// A simpler journey, fitted to the same answers.
struct SimplerFit {
  std::string name;  // "loss_aversion_1", "mean_only_memory"
  double log_likelihood = 0;
  double worse = 0;  // by how much below the journey's own
  int fewer = 0;     // parameters that it does without
};

/// A forecast of held-out answers, and by how much the journey's is better.
struct Baseline {
  std::string name;  // "uniform", "marginal", "segment", "persistence"; "ordered_logit" on the same ratings
  std::optional<ForecastScores> scores;  // nothing where there is no such forecast
  ScoreGain gain;
  std::string why_not;
};

struct HeldOut {
  ForecastScores scores;
  double nps_lo = 0, nps_hi = 0;  // of the predicted NPS: parameters and as many answers as were given
  double nps_observed_lo = 0, nps_observed_hi = 0;
  std::vector<Baseline> baselines;
  double drift = 0, drift_se = 0;  // points by which all held-out answers are shifted, beyond the journey
  double drift_lo = 0, drift_hi = 0;
  double drift_nps = 0;            // what that is in NPS, and what the ends of its 95 % interval are
  double drift_nps_lo = 0, drift_nps_hi = 0;
};

/// Whether a cell's answers are what the calibrated journey would give: z within 3 and p from 0.01 on.
bool fits(const CheckedCell& cell);

/// Whether what the simpler journey lacks is worth its parameters: 2 nats, and 1 more for each of them.
bool is_earned(const SimplerFit& simpler);

/// Whether held-out answers are shifted by more than two errors.
bool drifts(const HeldOut& held_out);

struct Calibration {
  std::vector<std::string> addresses;   // [parameter]
  std::vector<bool> is_time;            // [parameter] its values are milliseconds
  Eigen::MatrixXd prior;                // (draw, parameter): as many draws of the priors as of one chain
  std::vector<double> priors, written;  // their means; and the values of the file
  Fit fit;
  std::vector<double> mode;  // [parameter]
  Posterior posterior;
  std::vector<ParameterShape> shapes;  // [parameter]
  std::vector<WeakDirection> weak;
  std::vector<std::string> weak_words;  // [weak]
  std::vector<Profile> profiles;
  std::vector<CheckedCell> cells;
  std::vector<SimplerFit> simpler;
  std::optional<HeldOut> held_out;
  double marginal_log_likelihood = 0;  // of the training answers under their common histogram
  bool own_paths = false;              // respondents' own ratings were the experience where they had been
  double answers = 0, rows = 0;        // effective, and as counted
  std::uint32_t journeys = 0;          // of each persona in the bank
  int banks = 0;
  double effective_share = 1;  // of the bank at the mode
  Diagnostics warnings;
};

/// What is under way, and how far (0..1); false stops it.
using OnCalibration = std::function<bool(std::string_view what, double share)>;

/// Where respondents rated touchpoints, each is a journey of its own (models/calibrate/own_bank.h); otherwise a cell's answers are those of recorded
/// journeys. `answers` calibrate, `held_out` (periods shared with `answers`, models/calibrate/answers.h) is only looked at. Throws InputError: parameters that cannot be calibrated, answers at a touchpoint
/// that nobody comes to. Nothing where it was stopped.
std::optional<Calibration> calibrate(const JourneyFile& journey, const std::vector<CalibrationParameter>& parameters,
                                     const Answers& answers, const Answers* held_out, const CalibrationPlan& plan,
                                     const OnCalibration& on = {});

}  // namespace sojourn::models
