#include "engine/solve/chain_solver.h"

#include "engine/base/contract.h"
#include "engine/solve/detail/reach.h"

#include <cmath>
#include <limits>

namespace sojourn::engine {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

struct ChainSolver::Parts {
  detail::BlockSolver solver;
  std::vector<bool> ends_surely;  // [block]
};

ChainSolver::ChainSolver(AbsorbingChain chain, const SolverBudget& budget)
    : parts_(new Parts{detail::BlockSolver(std::move(chain), budget), {}}) {
  const AbsorbingChain& own = parts_->solver.chain();
  const Components& blocks = parts_->solver.blocks();
  std::vector<bool>& ends = parts_->ends_surely;
  ends.assign(blocks.count(), true);
  for (std::uint32_t block = blocks.count(); block-- > 0;) {
    if (parts_->solver.closed(block)) ends[block] = false;
    for (const std::uint32_t state : blocks.nodes(block)) {
      for (const AbsorbingChain::Step& step : own.row(state)) {
        if (step.to < own.states() && !ends[blocks.of(step.to)]) ends[block] = false;
      }
    }
  }
}

ChainSolver::~ChainSolver() = default;
ChainSolver::ChainSolver(ChainSolver&&) noexcept = default;
ChainSolver& ChainSolver::operator=(ChainSolver&&) noexcept = default;

ChainSolver::State ChainSolver::state() const { return parts_->solver.entangled() ? State::entangled : State::exact; }

const AbsorbingChain& ChainSolver::chain() const { return parts_->solver.chain(); }

bool ChainSolver::ends_surely(std::uint32_t state) const {
  return parts_->ends_surely[parts_->solver.blocks().of(state)];
}

bool ChainSolver::in_trap(std::uint32_t state) const {
  return parts_->solver.closed(parts_->solver.blocks().of(state));
}

std::vector<double> ChainSolver::visits(std::span<const double> start) const {
  SOJOURN_EXPECT(state() != State::entangled, "the chain can be solved");
  SOJOURN_EXPECT(start.size() == chain().states(), "the start is by state");
  std::vector<double> visits(start.begin(), start.end());
  parts_->solver.visits(visits);
  return visits;
}

std::vector<double> ChainSolver::values(std::span<const double> reward) const {
  return values(reward, std::vector<double>(chain().exits(), 0.0));
}

std::vector<double> ChainSolver::values(std::span<const double> reward, std::span<const double> exit_reward) const {
  SOJOURN_EXPECT(state() != State::entangled, "the chain can be solved");
  SOJOURN_EXPECT(reward.size() == chain().states(), "rewards are by state");
  SOJOURN_EXPECT(exit_reward.size() == chain().exits(), "rewards at the end are by exit");
  const Components& blocks = parts_->solver.blocks();
  // Rewards without end come from traps. What leads there gets them too, whatever else it gets.
  std::vector<double> endless(blocks.count(), 0.0);  // [block] 0 or an infinity
  for (std::uint32_t block = blocks.count(); block-- > 0;) {
    for (const std::uint32_t state : blocks.nodes(block)) {
      if (parts_->solver.closed(block)) {
        if (reward[state] > 0) endless[block] = infinity;
        if (reward[state] < 0 && endless[block] == 0) endless[block] = -infinity;
        continue;
      }
      for (const AbsorbingChain::Step& step : chain().row(state)) {
        if (step.to >= chain().states()) continue;
        const double there = endless[blocks.of(step.to)];
        if (there > 0 || endless[block] == 0) endless[block] = there == 0 ? endless[block] : there;
      }
    }
  }
  std::vector<double> values(reward.begin(), reward.end());
  for (std::uint32_t state = 0; state < values.size(); ++state) {
    if (in_trap(state)) values[state] = 0;
    for (const AbsorbingChain::Step& step : chain().row(state)) {
      if (step.to >= chain().states()) values[state] += step.probability * exit_reward[step.to - chain().states()];
    }
  }
  parts_->solver.values(values);
  for (std::uint32_t state = 0; state < values.size(); ++state) {
    if (endless[blocks.of(state)] != 0) values[state] = endless[blocks.of(state)];
  }
  return values;
}

std::vector<double> ChainSolver::absorbed(std::span<const double> visits) const {
  SOJOURN_EXPECT(visits.size() == chain().states(), "visits are by state");
  std::vector<double> absorbed(chain().exits(), 0.0);
  for (std::uint32_t state = 0; state < visits.size(); ++state) {
    if (in_trap(state)) continue;
    for (const AbsorbingChain::Step& step : chain().row(state)) {
      if (step.to >= chain().states()) absorbed[step.to - chain().states()] += visits[state] * step.probability;
    }
  }
  return absorbed;
}

std::vector<double> ChainSolver::reach(std::span<const double> start, std::span<const double> visits,
                                       std::span<const std::uint32_t> group_of, std::uint32_t groups) const {
  SOJOURN_EXPECT(state() != State::entangled, "the chain can be solved");
  SOJOURN_EXPECT(
      start.size() == chain().states() && visits.size() == chain().states() && group_of.size() == chain().states(),
      "start, visits and groups are by state");
  std::vector<detail::Member> members;
  bool trapped = false;
  for (std::uint32_t state = 0; state < group_of.size(); ++state) {
    if (group_of[state] != no_group) members.push_back({group_of[state], state});
    trapped = trapped || visits[state] == infinity;
  }
  if (!trapped) return detail::reach(parts_->solver, start, visits, std::move(members), groups);

  // Who enters a trap visits all of its states. So the first stands for all, and ends there.
  const Components& blocks = parts_->solver.blocks();
  const auto stand_in = [&](std::uint32_t state) {
    return state < chain().states() && in_trap(state) ? blocks.nodes(blocks.of(state)).front() : state;
  };
  const std::uint32_t exit = chain().ends();
  std::vector<Transition> transitions;
  std::vector<double> stopped_start(chain().states(), 0.0);
  for (std::uint32_t state = 0; state < chain().states(); ++state) {
    stopped_start[stand_in(state)] += start[state];
    if (in_trap(state)) transitions.push_back({state, exit, 1.0});
    for (const AbsorbingChain::Step& step : chain().row(state)) {
      if (!in_trap(state)) transitions.push_back({state, stand_in(step.to), step.probability});
    }
  }
  for (detail::Member& member : members) member.state = stand_in(member.state);
  const detail::BlockSolver solver(AbsorbingChain(chain().states(), chain().exits() + 1, std::move(transitions)),
                                   parts_->solver.budget());
  std::vector<double> stopped_visits = stopped_start;
  solver.visits(stopped_visits);
  return detail::reach(solver, stopped_start, stopped_visits, std::move(members), groups);
}

}  // namespace sojourn::engine
