#pragma once
// Exact answers of an absorbing chain, factorised once.

#include "engine/solve/absorbing_chain.h"
#include "engine/solve/budget.h"

#include <memory>

namespace sojourn::engine {

/// Strongly connected components in topological order, and within each a multifrontal elimination that adds, multiplies and
/// divides positive numbers only (detail/censoring.h). So every visit, outcome and value of rewards of one sign has a
/// relative error of some units in the last place for each state that is passed through, however unlikely the way there or
/// out is, where a general LU loses a digit for each power of ten. It fills in less than one that must choose pivots, too:
/// what is too entangled here is so for Eigen's SparseLU.
class ChainSolver {
 public:
  enum class State {
    exact,
    entangled  // loops too large and too dense for the budget: ask for nothing but ends_surely and in_trap
  };

  explicit ChainSolver(AbsorbingChain chain, const SolverBudget& budget = {});
  ~ChainSolver();
  ChainSolver(ChainSolver&&) noexcept;
  ChainSolver& operator=(ChainSolver&&) noexcept;

  State state() const;
  const AbsorbingChain& chain() const;

  /// Whether from this state an exit is reached with probability 1: no trap can be reached.
  bool ends_surely(std::uint32_t state) const;
  /// Whether it belongs to a trap: a class of states without a way out.
  bool in_trap(std::uint32_t state) const;

  /// [state] expected visits x = start (I - Q)^-1 of the distribution `start` [state]; infinity in a trap that is entered.
  std::vector<double> visits(std::span<const double> start) const;

  /// [state] expected sum h = (I - Q)^-1 reward of `reward` [state] over the visits from here on, this one included. Of
  /// any sign. Where a trap can be reached: infinity if rewards accrue there (minus infinity if all of them are
  /// negative), what was collected before if not.
  std::vector<double> values(std::span<const double> reward) const;
  /// The same with a reward at the end, `exit_reward` [exit].
  std::vector<double> values(std::span<const double> reward, std::span<const double> exit_reward) const;

  /// [exit] probability to end there, of the chain with these `visits` [state] (infinite ones are in traps, which have no
  /// exits).
  std::vector<double> absorbed(std::span<const double> visits) const;

  /// [group] probability that a state of the group is ever visited. `group_of` [state] names each state's group, or
  /// `no_group`. Empty where the groups are too entangled for the budget.
  static constexpr std::uint32_t no_group = ~std::uint32_t{0};
  std::vector<double> reach(std::span<const double> start, std::span<const double> visits,
                            std::span<const std::uint32_t> group_of, std::uint32_t groups) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sojourn::engine
