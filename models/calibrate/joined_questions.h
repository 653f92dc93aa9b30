#pragma once
// Respondents who are found in an event log: each is held against the simulated customers who came by the same path.

#include "models/calibrate/questions.h"
#include "models/survey/answers.h"

#include <cstdint>
#include <vector>

namespace sojourn::models {

/// Of so few recorded journeys on a path the answers would be their own.
inline constexpr double kLeastOnPath = 100;

/// What became of the respondents who say their case.
struct Join {
  std::uint64_t on_path = 0;    // held against those who met the same touchpoints in the same order,
  std::uint64_t met = 0;        // the same touchpoints in another order or number,
  std::uint64_t others = 0;     // those who came by none of these paths, because too few came by theirs,
  std::uint64_t everybody = 0;  // everybody, because too few are left
  std::uint64_t not_in_log = 0;
  std::uint64_t not_there = 0;  // the log does not have them at the touchpoint that they were asked about

  std::uint64_t joined() const { return on_path + met + others + everybody; }
  std::uint64_t with_case() const { return joined() + not_in_log + not_there; }
};

struct JoinedQuestions {
  SurveyQuestions questions;  // without counts; cell_of: [cell of the survey] the cell of everybody there
  PathPlaces places;          // which a bank must tell apart
  std::vector<std::uint32_t> cell_of_respondent, cell_of_held_out;  // [respondent] -> questions.cells
  Join join;                                                        // of the survey
};

/// A respondent's path goes as far as the answer: to the last visit of the touchpoint asked about, or to the end. Paths are parted into classes
/// that each have kLeastOnPath journeys of `bank` who can have answered: a path in its order, else its touchpoints, else all other paths; what is
/// known of a respondent is the class (coarsened data: Heitjan & Rubin 1991, Annals of Statistics 19). Respondents whose path is not known are held
/// against everybody. `held_out` may be null; its respondents have the classes of the survey's.
JoinedQuestions join_paths(const Answers& answers, const Answers* held_out, Bank bank, const Journey& journey,
                           const Atlas& atlas, const JourneyTables& tables);

}  // namespace sojourn::models
