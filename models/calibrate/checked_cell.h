#pragma once
// A posterior predictive check: what was answered somewhere beside what the calibrated journey expects there.

#include "models/calibrate/answers.h"
#include "models/calibrate/forecast_scores.h"

#include <cstdint>
#include <span>

namespace sojourn::models {

/// A cell of the survey beside what the calibrated journey expects there.
struct CheckedCell {
  AnswerCell observed;
  ScoreOdds expected{};  // mean over posterior draws
  double p_value = 0;    // posterior predictive, of chi squared (Gelman, Meng & Stern 1996): small means a misfit
  double nps_observed = 0, nps_observed_se = 0;
  double nps = 0, nps_lo = 0, nps_hi = 0;  // expected, with the parameters' uncertainty
  double z = 0;                            // (observed - expected) over both errors
};

/// `expected` [posterior draw]: what each draw expects of the cell, at least one. As many answers as the cell has are drawn again from each, with
/// the luck of (seed, cell): `cell` is the cell's number.
CheckedCell checked_cell(const AnswerCell& observed, std::span<const ScoreOdds> expected, std::uint64_t seed,
                         std::uint64_t cell);

}  // namespace sojourn::models
