#pragma once
// Respondents who rated where they had been: each is a journey of its own.

#include "models/survey/answers.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::models {

/// One visit.
struct Stop {
  std::uint32_t touchpoint = 0;
  double performance = 0;  // 0..10; NaN where it was visited and not rated
};

struct OwnPath {
  std::uint32_t persona = kNotSaid;
  std::vector<Stop> stops;
  int score = 0;  // 0..10
  double weight = 1;
};

/// When a journey usually comes to its touchpoints: [persona][touchpoint], one row more for those of whom the persona is not said. Any
/// numbers that rise along the way; NaN where nobody of the persona comes.
using UsualOrder = std::vector<std::vector<double>>;

/// The touchpoints that each respondent did not mark as never used, in the usual order (equals in file order). A rated touchpoint where
/// nobody of the persona comes is left out: one question may stand for several touchpoints. Where an event log has the respondent's path, it is
/// that one, each visit of a rated touchpoint with the rating; what was rated and is not in it comes before the first stop that usually is later.
std::vector<OwnPath> own_paths(const Answers& answers, const UsualOrder& order);

}  // namespace sojourn::models
