#pragma once
// What a limit on the number of visits cuts off.

#include "engine/solve/chain_solver.h"

namespace sojourn::engine {

struct HorizonQuestion {
  std::uint64_t limit = 0;  // visits; who would go on to a state after this many is cut off
  std::span<const double> durations =
      {};                        // [step of chain.steps()] E[duration; this step] = probability x mean; or empty
  double multiplications = 4e9;  // iteration may cost this many, a few seconds
};

/// Sums are linear in the start: over the visits within the limit they are those from `start` less those from `at_limit`.
/// That cancels where the limit leaves little; `visits` and `time_visits` do not.
struct Horizon {
  /// By iteration, visit by visit, so that all below is known to rounding. If not, `truncated` is an upper bound, and the
  /// vectors are empty.
  bool exact = false;
  double truncated = 0;          // probability to be cut off
  std::vector<double> at_limit;  // [state] start Q^limit: cut off on the way to this state
  std::vector<double> visits;    // [state] expected visits within the limit
  /// Iteration stops when this is below 1e-17 of all visits: at most so many are missing. `truncated`, then 0, is smaller.
  double neglected = 0;

  // With durations. E[t; there] is the expectation of the elapsed time t on arrival, 0 for who does not arrive.
  std::vector<double> time_at_limit;  // [state] tau = E[t; cut off on the way to this state]
  std::vector<double> time_visits;    // [state] sum of E[t; there] over the visits within the limit
};

/// Of the distribution `start` [state].
///
/// With the moments d1, d2 [state] of one visit's duration and h1, h2 [state] of the time from there to the end, the time T
/// without and the time t with a limit have E[t] = sum of visits d1, E[t^2] = sum of 2 time_visits d1 + visits d2, and
/// E[t^2] = E[T^2] - sum of 2 time_at_limit h1 + at_limit h2: T = t + rest, and the rest depends on t by the state only.
///
/// What cannot be iterated within the budget is bounded from where it got to: for any w >= 1 with Q w <= theta w, the mass m
/// still under way after n visits more is m Q^n 1 <= theta^n m w (Collatz 1942, Wielandt 1950). The w are (I - Q)^-j 1, each
/// by a solve. What enters a trap counts as cut off. If `solver` is entangled, the mass where it got to is the bound.
Horizon horizon(const ChainSolver& solver, std::span<const double> start, const HorizonQuestion& question);

}  // namespace sojourn::engine
