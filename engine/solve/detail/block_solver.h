#pragma once
// A chain solved block by block in topological order.

#include "engine/solve/detail/censoring.h"

namespace sojourn::engine::detail {

class BlockSolver {
 public:
  BlockSolver(AbsorbingChain chain, const SolverBudget& budget);

  const AbsorbingChain& chain() const { return chain_; }
  const Components& blocks() const { return blocks_; }  // strongly connected components
  const Censoring& censoring() const { return censoring_; }
  const SolverBudget& budget() const { return budget_; }
  bool entangled() const { return censoring_.fronts().any_entangled; }
  bool closed(std::uint32_t block) const { return closed_[block]; }  // a trap

  /// Arrivals from outside [state] become visits: infinite in a trap that is entered.
  void visits(std::vector<double>& arrivals) const;
  /// Rewards [state] become values: those within traps stay as they are.
  void values(std::vector<double>& rewards) const;

 private:
  SolverBudget budget_;
  AbsorbingChain chain_;
  Components blocks_;
  std::vector<bool> closed_;  // [block]
  Censoring censoring_;
};

}  // namespace sojourn::engine::detail
