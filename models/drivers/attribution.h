#pragma once
// What each touchpoint of a journey is given credit for.
//
// Success: v(S) is the share of journeys that succeed and use touchpoints of S alone. Each journey is a unanimity game over
// the touchpoints that it uses, so the Shapley value is an equal share for each of them (Shapley 1953; Zhao, Mahboobi &
// Bagheri 2018), without enumerating sets, for any number of touchpoints.
//
// NPS and satisfaction: v(S) is their mean when the moments at touchpoints of S are remembered as they were and all others as
// neutral ones (the anchor), with the same paths, goals, pains and effort. The peak makes that game a real one; each
// journey's marginal contributions are those of a random order of its touchpoints (Castro, Gomez & Tejada 2009, Computers &
// Operations Research 36), which is right on average.
//
// In either the values sum to v(all) - v(none), journey by journey.

#include "models/drivers/row_plan.h"
#include "models/drivers/sweep.h"

#include <vector>

namespace sojourn::models {

class Attribution {
 public:
  Attribution(const JourneyTables& tables, RowPlan plan) : tables_(tables), plan_(plan), touched_(plan.touchpoints) {}

  /// Adds the rows `through` and `shapley` of the touchpoints on the tape, and the row of all journeys.
  void run(std::uint64_t agent, const engine::PlaceKeys& keys, const Tape& tape, Gradient& gradient);

 private:
  struct Moments {            // at one touchpoint
    double weighted_off = 0;  // sum of importance * (m - anchor)
    double above = 0, below = 0;
    std::size_t above_at = 0, below_at = 0;  // visits of the farthest
    double end_off = 0;
    bool is_end = false;
  };
  void walk_order(const Tape& tape, double rest, Gradient& gradient) const;

  const JourneyTables& tables_;
  RowPlan plan_;
  std::vector<std::uint32_t> touched_;  // [touchpoint] 1 + its place in `order_`; 0: not on the tape
  std::vector<std::uint32_t> order_;    // touchpoints
  std::vector<Moments> moments_;        // [place in the first order]
};

}  // namespace sojourn::models
