#pragma once
// Calibrations of a survey study, held against the truth.

#include "tests/support/survey_study.h"

#include "models/calibrate/posterior.h"
#include "models/calibrate/weak.h"

#include <cstdint>
#include <vector>

namespace sojourn::tests {

struct Calibrated {
  models::Fit fit;
  models::Posterior posterior;
};

/// `journeys` of each persona in the bank.
Calibrated calibrated(const SurveyStudy& study, const std::vector<models::LikelihoodCell>& cells,
                      std::uint32_t journeys, std::uint64_t seed, int draws, int threads = 0);

/// Of each parameter, how often its central 90 % hold the truth; and where among the draws the truth stands, 0 to 1.
struct Coverage {
  std::vector<int> hits;                    // [parameter]
  std::vector<std::vector<double>> places;  // [parameter][set]
  int sets = 0;

  double overall() const;
};
/// Surveys of 2,000 answers, 100 of each persona at each of ten touchpoints.
Coverage coverage(const SurveyStudy& study, int sets, std::uint32_t journeys, int draws);

/// Of one survey of the study.
std::vector<models::WeakDirection> weak_directions_of(const SurveyStudy& study,
                                                      const std::vector<models::LikelihoodCell>& cells,
                                                      std::uint64_t seed);

/// Of so many surveys of a journey with two touchpoints that are always visited one after the other, with no question between them: those in
/// which the two are flagged.
int flagged_pairs(int surveys);
/// Of so many surveys of the study: those in which anything is flagged.
int flagged_without_reason(int surveys);

}  // namespace sojourn::tests
