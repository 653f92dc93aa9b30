#pragma once
// What a survey asks, in terms of a bank of journeys: where each cell's answers are given.

#include "models/calibrate/answers.h"
#include "models/calibrate/likelihood.h"
#include "models/calibrate/own_paths.h"
#include "models/text/diagnostic.h"

#include <cstdint>
#include <span>
#include <string>
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

/// A site and a cell for each path; weights scaled to the effective number of answers.
SurveyQuestions questions_of(std::span<const OwnPath> paths, const Atlas& atlas);

/// Throws InputError where a cell has answers and nobody comes. `come` [site] journeys, none of which are `none_of` ("none of 400 simulated
/// journeys"); a cell of several personas needs one who comes.
void refuse_if_nobody_comes(const SurveyQuestions& questions, std::span<const double> come, const std::string& none_of,
                            const std::string& remedy, const Atlas& atlas, const JourneyTables& tables,
                            const Mark& journey);

}  // namespace sojourn::models
