#pragma once
// A posterior predictive check: what was answered somewhere beside what the calibrated journey expects there.

#include "models/survey/answers.h"
#include "models/survey/forecast_scores.h"

#include <cstdint>
#include <span>

namespace sojourn::models {

/// A cell of the survey beside what the calibrated journey expects there.
struct CheckedCell {
  AnswerCell observed;
  ScoreOdds expected{};                      // mean over posterior draws
  ScoreOdds expected_lo{}, expected_hi{};    // 95 % of the draws: the parameters' uncertainty
  ScoreOdds predicted_lo{}, predicted_hi{};  // 95 % of shares among as many answers: that and chance
  double p_value = 0;  // posterior predictive, of chi squared (Gelman, Meng & Stern 1996): small means a misfit
  double nps_observed = 0, nps_observed_se = 0;
  double nps_observed_lo = 0, nps_observed_hi = 0;    // 95 %
  double nps = 0, nps_lo = 0, nps_hi = 0;             // expected, with the parameters' uncertainty
  double nps_predicted_lo = 0, nps_predicted_hi = 0;  // of as many answers
  double z = 0;                                       // (observed - expected) over both errors
  double mean_observed = 0, mean_observed_se = 0;     // of the answers 0..10
  double mean_observed_lo = 0, mean_observed_hi = 0;
  double mean = 0, mean_lo = 0, mean_hi = 0;
  double mean_predicted_lo = 0, mean_predicted_hi = 0;
};

/// Whether the answers are what the calibrated journey would give: z within 3 and p from 0.01 on.
bool fits(const CheckedCell& cell);

/// `expected` [posterior draw]: what each draw expects of the cell, at least one. As many answers as the cell has are drawn again from each, with
/// the luck of (seed, cell): `cell` is the cell's number.
CheckedCell checked_cell(const AnswerCell& observed, std::span<const ScoreOdds> expected, std::uint64_t seed,
                         std::uint64_t cell);

}  // namespace sojourn::models
