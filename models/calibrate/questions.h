#pragma once
// What a survey asks, in terms of a bank of journeys: where each cell's answers are given.

#include "models/calibrate/answers.h"
#include "models/calibrate/likelihood.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::models {

struct SurveyQuestions {
  std::vector<AnswerSites> sites;  // [group]
  std::size_t site_count = 0;
  std::vector<LikelihoodCell> cells;   // one for each persona and touchpoint: a journey does not know periods
  std::vector<std::uint32_t> cell_of;  // [cell of the survey] -> cells
};

/// Personas and touchpoints of the cells are in the order of the journey's file, `journey`. An answer of nobody says whom is everybody's, by their
/// shares.
SurveyQuestions questions_of(std::span<const AnswerCell> cells, const Journey& journey, const Atlas& atlas,
                             const JourneyTables& tables);

}  // namespace sojourn::models
