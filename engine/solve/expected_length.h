#pragma once
// How often each node is visited on average: the exact answer of an absorbing Markov chain.

#include "engine/graph/network.h"

#include <cstddef>

namespace sojourn::engine {

struct ExpectedVisits {
  enum class State {
    exact,
    endless,   // a node is reached from which no exit can be reached: the expectation is infinite
    entangled  // loops too large and too dense for `most_steps`
  };
  State state = State::exact;
  std::vector<double> visits;  // [node] of one who starts once; empty unless exact
  double total() const;        // infinity where endless, NaN where entangled
};

/// Expected visits x of a chain whose transition probabilities are the links' weights over their node's sum: x = b + Q^T x
/// with b the start and Q the probabilities among nodes (Kemeny & Snell 1960, theorem 3.2.4).
///
/// Component by component in topological order, and within a component by elimination without subtraction (Grassmann,
/// Taksar & Heyman 1985), the node with the least fill first (Markowitz 1957). So every entry is accurate to a relative
/// error near 1e-16 times the number of nodes in its loops, however unlikely the exit is (O'Cinneide 1993), where a
/// general LU loses all digits at a loop left with probability 1e-16.
/// Gives up (`entangled`) after about `most_steps` multiplications in a sparse matrix; 5 million take less than a second.
ExpectedVisits expected_visits(const Network& network, std::size_t most_steps = 5'000'000);

}  // namespace sojourn::engine
