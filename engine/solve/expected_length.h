#pragma once
// How often each node is visited on average: the exact answer of an absorbing Markov chain.

#include "engine/graph/network.h"
#include "engine/solve/budget.h"

namespace sojourn::engine {

struct ExpectedVisits {
  enum class State {
    exact,
    endless,   // a node is reached from which no exit can be reached: the expectation is infinite
    entangled  // loops too large and too dense for the budget
  };
  State state = State::exact;
  std::vector<double> visits;  // [node] of one who starts once; empty unless exact
  double total() const;        // infinity where endless, NaN where entangled
};

/// Expected visits x of a chain whose transition probabilities are the links' weights over their node's sum: x = b + Q^T x
/// with b the start and Q the probabilities among nodes (Kemeny & Snell 1960, theorem 3.2.4).
/// Accurate to a relative error near 1e-16 times the number of nodes in a loop, however unlikely the exit is, where a general
/// LU loses all digits at a loop left with probability 1e-16 (see chain_solver.h).
ExpectedVisits expected_visits(const Network& network, const SolverBudget& budget = {});

}  // namespace sojourn::engine
