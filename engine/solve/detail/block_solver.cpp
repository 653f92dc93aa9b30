#include "engine/solve/detail/block_solver.h"

#include <algorithm>
#include <limits>

namespace sojourn::engine::detail {
namespace {

/// [block] whether nothing leads out of it.
std::vector<bool> closed_blocks(const AbsorbingChain& chain, const Components& blocks) {
  std::vector<bool> closed(blocks.count(), true);
  for (std::uint32_t state = 0; state < chain.states(); ++state) {
    for (const AbsorbingChain::Step& step : chain.row(state)) {
      if (step.to >= chain.states() || blocks.of(step.to) != blocks.of(state)) closed[blocks.of(state)] = false;
    }
  }
  return closed;
}

Fronts fronts_of(const AbsorbingChain& chain, const Components& blocks, const SolverBudget& budget) {
  std::vector<Edge> edges;
  edges.reserve(chain.steps().size());
  for (std::uint32_t state = 0; state < chain.states(); ++state) {
    for (const AbsorbingChain::Step& step : chain.row(state)) {
      if (step.to < chain.states()) edges.emplace_back(state, step.to);
    }
  }
  return {chain.states(), edges, blocks, budget};
}

/// A stay of more visits than this is a trap: it could not be told from infinity, nor the way out from none.
constexpr double endless = 1e305;

}  // namespace

BlockSolver::BlockSolver(AbsorbingChain chain, const SolverBudget& budget)
    : budget_(budget),
      chain_(std::move(chain)),
      blocks_(chain_.network()),
      closed_(closed_blocks(chain_, blocks_)),
      censoring_(chain_, blocks_, closed_, fronts_of(chain_, blocks_, budget)) {
  std::vector<double> stay(chain_.states(), 1.0);  // [position]
  for (std::uint32_t block = 0; block < blocks_.count(); ++block) {
    if (closed_[block]) continue;
    censoring_.values(block, stay);
    for (const std::uint32_t state : blocks_.nodes(block)) {
      if (!(stay[censoring_.fronts().place[state]] < endless)) closed_[block] = true;  // NaN, too
    }
  }
}

void BlockSolver::visits(std::vector<double>& arrivals) const {
  const std::vector<std::uint32_t>& place = censoring_.fronts().place;
  std::vector<double> sums(arrivals.size());  // [position]
  for (std::uint32_t state = 0; state < sums.size(); ++state) sums[place[state]] = arrivals[state];
  for (std::uint32_t block = 0; block < blocks_.count(); ++block) {
    const auto states = blocks_.nodes(block);
    const bool entered = std::any_of(states.begin(), states.end(), [&](auto state) { return sums[place[state]] != 0; });
    if (!entered) continue;
    if (closed_[block]) {
      for (const std::uint32_t state : states) sums[place[state]] = std::numeric_limits<double>::infinity();
      continue;
    }
    censoring_.visits(block, sums);
    for (const std::uint32_t state : states) {
      for (const AbsorbingChain::Step& step : chain_.row(state)) {
        if (step.to < chain_.states() && blocks_.of(step.to) != block)
          sums[place[step.to]] += sums[place[state]] * step.probability;
      }
    }
  }
  for (std::uint32_t state = 0; state < sums.size(); ++state) arrivals[state] = sums[place[state]];
}

void BlockSolver::values(std::vector<double>& rewards) const {
  const std::vector<std::uint32_t>& place = censoring_.fronts().place;
  std::vector<double> sums(rewards.size());  // [position]
  for (std::uint32_t state = 0; state < sums.size(); ++state) sums[place[state]] = rewards[state];
  for (std::uint32_t block = blocks_.count(); block-- > 0;) {
    if (closed_[block]) continue;
    bool any = false;
    for (const std::uint32_t state : blocks_.nodes(block)) {
      double& sum = sums[place[state]];
      for (const AbsorbingChain::Step& step : chain_.row(state)) {
        if (step.to < chain_.states() && blocks_.of(step.to) != block) sum += sums[place[step.to]] * step.probability;
      }
      any = any || sum != 0;
    }
    if (any) censoring_.values(block, sums);
  }
  for (std::uint32_t state = 0; state < sums.size(); ++state) rewards[state] = sums[place[state]];
}

}  // namespace sojourn::engine::detail
