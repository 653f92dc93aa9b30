#pragma once
// What a survey asks, in terms of a bank of journeys: where each cell's answers are given.

#include "models/calibrate/likelihood.h"
#include "models/replay/own_paths.h"
#include "models/replay/path_classes.h"
#include "models/survey/answers.h"
#include "models/text/diagnostic.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace sojourn::models {

struct SurveyQuestions {
  std::vector<AnswerSites> sites;  // [group]
  std::size_t site_count = 0;
  std::vector<LikelihoodCell> cells;   // one for each persona and touchpoint: a journey does not know periods
  std::vector<std::uint32_t> cell_of;  // [cell of the survey] -> cells
};

/// Puts one question after the other. What is given must outlive it.
class SurveyAsker {
 public:
  /// `places` as models/replay/path_classes.h has them; empty: no paths are told apart.
  SurveyAsker(const Journey& journey, const Atlas& atlas, const JourneyTables& tables, PathPlaces places = {});

  /// The cell of those of a persona who answer at a touchpoint (in file order, or kNotSaid), having come by one of the classes of paths there.
  std::uint32_t cell(std::uint32_t persona, std::uint32_t touchpoint, const std::vector<std::uint32_t>& classes);
  /// The same, whatever the path.
  std::uint32_t cell(std::uint32_t persona, std::uint32_t touchpoint);
  /// Who answers as a persona: [group] share; everybody who travels where none is said.
  std::vector<std::pair<std::uint32_t, double>> groups_of(std::uint32_t persona) const;
  /// Of PathPlaces.
  std::size_t place_of(std::uint32_t touchpoint) const;

  SurveyQuestions& questions() { return to_; }

 private:
  std::uint32_t first_site(std::uint32_t group, std::uint32_t touchpoint);
  std::uint32_t class_count(std::uint32_t touchpoint) const;

  const Journey& journey_;
  const Atlas& atlas_;
  PathPlaces places_;
  SurveyQuestions to_;
  std::vector<double> shares_;  // [group]
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::vector<std::uint32_t>>, std::uint32_t> cells_;
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
