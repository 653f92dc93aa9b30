#pragma once
// Equations (13) and (14), from overall satisfaction to the NPS of one answer, and how that changes: 100 (P(Y >= 9) - P(Y <= 6)) =
// 100 (1 - F(8) - F(6)), F(k) = logistic((t_k - S - bias) / spread) (models/behaviour/recommendation.h).

#include "engine/base/math.h"
#include "models/behaviour/recommendation.h"
#include "models/drivers/origins.h"
#include "models/drivers/tape.h"

#include <bit>

namespace sojourn::models {

inline double nps_given(const ResponseTable& table, double satisfaction) {
  const auto share = [&](std::size_t k) {
    return engine::logistic((table.threshold_less_bias[k] - satisfaction) / table.spread);
  };
  return 100 * (1 - share(6) - share(8));
}

struct AnswerSlopes {
  double in_satisfaction = 0;  // and in the bias
  double in_spread = 0;
  double in_threshold_6 = 0, in_threshold_8 = 0;
};

inline AnswerSlopes answer_slopes(const ResponseTable& table, double satisfaction) {
  AnswerSlopes slopes;
  const auto threshold = [&](std::size_t k) {
    const double z = (table.threshold_less_bias[k] - satisfaction) / table.spread;
    const double share = engine::logistic(z);
    const double density = 100 * share * (1 - share) / table.spread;
    slopes.in_satisfaction += density;
    slopes.in_spread += density * z;
    return -density;
  };
  slopes.in_threshold_6 = threshold(6);
  slopes.in_threshold_8 = threshold(8);
  return slopes;
}

/// What is added to the memory to make the overall satisfaction, before its clamp: goals missed, pains that linger, effort.
inline double beside_memory(const JourneyTables& tables, const Tape& tape) {
  const PersonaTables& persona = tables.personas[tape.group];
  double rest = -persona.effort_weight * tape.end.effort;
  for (const std::uint32_t goal : tables.goal_bits_by_id) {
    if ((tape.end.goals >> goal & 1) == 0) rest -= persona.goal_importance[goal];
  }
  for (const std::uint32_t pain : tables.lasting_pain_bits_by_id) {
    if ((tape.end.open >> pain & 1) != 0) rest -= persona.pain_lingering[pain];
  }
  return rest;
}

/// Whether all that hangs on the chance of this goal at a visit of the tape is the end: it is the only chance, and no edge asks
/// for the goal. Then what it is worth needs no dice (conditional Monte Carlo).
inline bool shows_at_the_end_only(const PersonaOrigins& origins, const Tape& tape, std::uint64_t goal) {
  return (origins.guarding_goals & goal) == 0 && tape.offers[static_cast<std::size_t>(std::countr_zero(goal))] == 1;
}

}  // namespace sojourn::models
