#include "engine/solve/chain_solver.h"

#include "engine/base/contract.h"
#include "engine/graph/components.h"

#include <Eigen/SparseLU>

#include <limits>

namespace sojourn::engine {

using Lu = Eigen::SparseLU<Eigen::SparseMatrix<double>>;

struct ChainSolver::Parts {
  AbsorbingChain chain;
  std::vector<bool> trapped, ends;
  Lu forward, backward;  // of the transpose, and of I - Q itself
};

ChainSolver::ChainSolver(const AbsorbingChain& chain, const SolverBudget&) : parts_(new Parts{chain, {}, {}, {}, {}}) {
  const std::uint32_t n = chain.states();
  const Components components(chain.network());
  std::vector<bool> closed(components.count(), true);
  for (std::uint32_t i = 0; i < n; ++i) {
    for (const auto& step : chain.row(i)) {
      if (step.to >= n || components.of(step.to) != components.of(i)) closed[components.of(i)] = false;
    }
  }
  parts_->trapped.resize(n);
  parts_->ends.assign(n, true);
  for (std::uint32_t c = components.count(); c-- > 0;) {
    bool ends = !closed[c];
    for (const std::uint32_t i : components.nodes(c)) {
      parts_->trapped[i] = closed[c];
      for (const auto& step : chain.row(i)) {
        if (step.to < n && components.of(step.to) != c && !parts_->ends[step.to]) ends = false;
      }
    }
    for (const std::uint32_t i : components.nodes(c)) parts_->ends[i] = ends;
  }
  std::vector<Eigen::Triplet<double>> entries;
  for (std::uint32_t i = 0; i < n; ++i) {
    entries.emplace_back(i, i, 1.0);
    if (parts_->trapped[i]) continue;
    for (const auto& step : chain.row(i)) {
      if (step.to < n && !parts_->trapped[step.to]) entries.emplace_back(i, step.to, -step.probability);
    }
  }
  Eigen::SparseMatrix<double> matrix(n, n);
  matrix.setFromTriplets(entries.begin(), entries.end());
  matrix.makeCompressed();
  parts_->backward.compute(matrix);
  Eigen::SparseMatrix<double> transpose = matrix.transpose();
  parts_->forward.compute(transpose);
}

ChainSolver::~ChainSolver() = default;
ChainSolver::ChainSolver(ChainSolver&&) noexcept = default;
ChainSolver& ChainSolver::operator=(ChainSolver&&) noexcept = default;

ChainSolver::State ChainSolver::state() const { return State::exact; }
const AbsorbingChain& ChainSolver::chain() const { return parts_->chain; }
bool ChainSolver::ends_surely(std::uint32_t state) const { return parts_->ends[state]; }
bool ChainSolver::in_trap(std::uint32_t state) const { return parts_->trapped[state]; }

std::vector<double> ChainSolver::visits(std::span<const double> start) const {
  const std::uint32_t n = parts_->chain.states();
  SOJOURN_EXPECT(start.size() == n, "start is by state");
  Eigen::VectorXd b = Eigen::VectorXd::Map(start.data(), n);
  const Eigen::VectorXd x = parts_->forward.solve(b);
  std::vector<double> visits(x.begin(), x.end());
  std::vector<std::uint32_t> todo;
  const auto enter = [&](std::uint32_t i) {
    if (!parts_->trapped[i] || visits[i] == std::numeric_limits<double>::infinity()) return;
    visits[i] = std::numeric_limits<double>::infinity();
    todo.push_back(i);
  };
  for (std::uint32_t i = 0; i < n; ++i) {
    if (parts_->trapped[i]) {
      if (start[i] > 0) enter(i);
    } else if (visits[i] > 0) {
      for (const auto& step : parts_->chain.row(i)) {
        if (step.to < n) enter(step.to);
      }
    }
  }
  while (!todo.empty()) {
    const std::uint32_t i = todo.back();
    todo.pop_back();
    for (const auto& step : parts_->chain.row(i)) enter(step.to);
  }
  return visits;
}

std::vector<double> ChainSolver::values(std::span<const double> reward) const {
  return values(reward, std::vector<double>(parts_->chain.exits(), 0.0));
}

std::vector<double> ChainSolver::values(std::span<const double> reward, std::span<const double> exit_reward) const {
  const std::uint32_t n = parts_->chain.states();
  SOJOURN_EXPECT(reward.size() == n && exit_reward.size() == parts_->chain.exits(), "rewards are by state and by exit");
  Eigen::VectorXd r(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    r(i) = parts_->trapped[i] ? 0 : reward[i];
    for (const auto& step : parts_->chain.row(i)) {
      if (step.to >= n) r(i) += step.probability * exit_reward[step.to - n];
    }
  }
  const Eigen::VectorXd h = parts_->backward.solve(r);
  return {h.begin(), h.end()};
}

std::vector<double> ChainSolver::absorbed(std::span<const double> visits) const {
  const std::uint32_t n = parts_->chain.states();
  std::vector<double> absorbed(parts_->chain.exits(), 0.0);
  for (std::uint32_t i = 0; i < n; ++i) {
    for (const auto& step : parts_->chain.row(i)) {
      if (step.to >= n && visits[i] > 0) absorbed[step.to - n] += visits[i] * step.probability;
    }
  }
  return absorbed;
}

std::vector<double> ChainSolver::reach(std::span<const double> start, std::span<const double>,
                                       std::span<const std::uint32_t> group_of, std::uint32_t groups) const {
  const std::uint32_t n = parts_->chain.states();
  std::vector<double> reach(groups, 0.0);
  for (std::uint32_t g = 0; g < groups; ++g) {
    std::vector<Transition> transitions;
    std::vector<double> zero(n, 0.0);
    for (std::uint32_t i = 0; i < n; ++i) {
      if (group_of[i] == g) {
        transitions.push_back({i, n + parts_->chain.exits(), 1.0});
        continue;
      }
      for (const auto& step : parts_->chain.row(i)) transitions.push_back({i, step.to, step.probability});
    }
    const ChainSolver stopped(AbsorbingChain(n, parts_->chain.exits() + 1, std::move(transitions)));
    reach[g] = stopped.absorbed(stopped.visits(start)).back();
  }
  return reach;
}

}  // namespace sojourn::engine
