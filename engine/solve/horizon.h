#pragma once
// What a limit on the number of visits cuts off.

#include "engine/solve/chain_solver.h"

namespace sojourn::engine {

struct HorizonQuestion {
  std::uint64_t limit = 0;            // visits; who would go on to a state after this many is cut off
  std::span<const double> durations;  // [step of chain.steps()] E[duration; this step] = probability x mean; or empty
  double multiplications = 4e9;       // iteration may cost this many, a few seconds
};

/// Sums within the limit are linear: of any sum over visits, what is lost is that sum started from `at_limit`, so
/// sums(start) - sums(at_limit). That cancels where little is left; `visits` does not.
struct Horizon {
  bool exact = false;            // by iteration, step by step; if not, only `truncated` is known, as an upper bound
  double truncated = 0;          // probability to be cut off
  std::vector<double> at_limit;  // [state] start Q^limit: who is cut off there (would come next to this state)
  std::vector<double> visits;    // [state] expected visits within the limit
  double neglected = 0;  // at most this many visits are missing, for the iteration stops when hardly any is left

  // With durations: E[t; at this state], t being the time when the state is come to.
  std::vector<double>
      time_at_limit;                // [state] tau; E[t_cut^2] = E[T^2] - sum of 2 tau h1 + at_limit h2, where h1 and h2
                                    // are the first two moments of the time still to go
  std::vector<double> time_visits;  // [state] sum over the visits within the limit; with the moments d1 and d2 of the
                                    // duration of a visit, E[t_cut^2] = sum of 2 time_visits d1 + visits d2
};

/// Of the distribution `start` [state]. `solver` bounds what cannot be iterated within the question's budget; it must not
/// be entangled.
Horizon horizon(const ChainSolver& solver, std::span<const double> start, const HorizonQuestion& question);

}  // namespace sojourn::engine
