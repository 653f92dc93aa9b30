#pragma once
// All derivatives of one expected sum by two solves.

#include "engine/solve/chain_solver.h"

namespace sojourn::engine {

/// J = sum of visits u times reward, plus absorption probabilities times exit reward. J = start (I - Q)^-1 (r + R g), so
/// dJ/dq(i,j) = u(i) h(j) and dJ/dr(i) = u(i), with h = (I - Q)^-1 (r + R g) among states and h = g at exits.
/// (Cao & Chen 1997.)
struct Adjoint {
  std::vector<double> visits;  // [state] u
  std::vector<double> values;  // [state, then exit] h

  /// dJ/dq(i,j), the other probabilities left as they are; only differences within a row keep its sum.
  double by_probability(std::uint32_t from, std::uint32_t to) const { return visits[from] * values[to]; }
  /// dJ/dw(i,j) where q(i,j) = w(i,j) / (sum of w(i,.)): u(i) (h(j) - sum of q(i,.) h) / (sum of w(i,.)).
  double by_weight(const AbsorbingChain& chain, std::uint32_t from, std::uint32_t to, double row_weight) const;
};

/// `start` and `reward` by state, `exit_reward` by exit.
Adjoint adjoint(const ChainSolver& solver, std::span<const double> start, std::span<const double> reward,
                std::span<const double> exit_reward);

}  // namespace sojourn::engine
