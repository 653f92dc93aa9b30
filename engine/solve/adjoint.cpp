#include "engine/solve/adjoint.h"

namespace sojourn::engine {

double Adjoint::by_weight(const AbsorbingChain& chain, std::uint32_t from, std::uint32_t to, double row_weight) const {
  double mean = 0;
  for (const AbsorbingChain::Step& step : chain.row(from)) mean += step.probability * values[step.to];
  return visits[from] * (values[to] - mean) / row_weight;
}

Adjoint adjoint(const ChainSolver& solver, std::span<const double> start, std::span<const double> reward,
                std::span<const double> exit_reward) {
  Adjoint adjoint{solver.visits(start), solver.values(reward, exit_reward)};
  adjoint.values.insert(adjoint.values.end(), exit_reward.begin(), exit_reward.end());
  return adjoint;
}

}  // namespace sojourn::engine
