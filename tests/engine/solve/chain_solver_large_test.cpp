// A hundred thousand states, by residual and against an independent method on a sample.

#include "engine/solve/chain_solver.h"

#include <gtest/gtest.h>
#include <Eigen/SparseLU>

#include <cmath>
#include <numeric>
#include <random>

namespace sojourn::engine {
namespace {

constexpr std::uint32_t n = 100'000;
constexpr std::uint32_t out_degree = 5;

using Targets = std::vector<std::uint32_t>;

/// Steps of random weight, a twentieth leaves.
template <class TargetsOf>
AbsorbingChain chain_of(TargetsOf targets_of) {
  std::mt19937 chance(1);
  std::vector<Transition> transitions;
  for (std::uint32_t i = 0; i < n; ++i) {
    double left = 0.95;
    transitions.push_back({i, n, 0.05});
    const Targets targets = targets_of(i, chance);
    for (std::size_t k = 0; k < targets.size(); ++k) {
      const double share = k + 1 == targets.size() ? left : left * double(1 + chance() % 7) / 16;
      transitions.push_back({i, targets[k], share});
      left -= share;
    }
  }
  return {n, 1, std::move(transitions)};
}

/// One component: to five of the twenty next neighbours, the next one among them, on a ring.
AbsorbingChain ring() {
  return chain_of([](std::uint32_t i, std::mt19937& chance) {
    Targets targets{(i + 1) % n};
    while (targets.size() < out_degree) targets.push_back(static_cast<std::uint32_t>((i + n - 10 + chance() % 21) % n));
    return targets;
  });
}

/// Ten thousand components: four ways about one of ten states, and one on to the next ten.
AbsorbingChain loops() {
  return chain_of([](std::uint32_t i, std::mt19937& chance) {
    const std::uint32_t begin = i / 10 * 10;
    Targets targets{begin + (i + 1) % 10};
    while (targets.size() + 1 < out_degree) targets.push_back(begin + static_cast<std::uint32_t>(chance() % 10));
    targets.push_back((begin + 10 < n ? begin + 10 : begin) + static_cast<std::uint32_t>(chance() % 10));
    return targets;
  });
}

/// Five ways to anywhere near in a square: much fill.
AbsorbingChain square() {
  return chain_of([](std::uint32_t i, std::mt19937& chance) {
    const std::int64_t width = 316;
    Targets targets;
    while (targets.size() < out_degree) {
      const std::int64_t x = i % width + static_cast<std::int64_t>(chance() % 3) - 1;
      const std::int64_t y = i / width + static_cast<std::int64_t>(chance() % 3) - 1;
      if (x < 0 || x >= width || y < 0 || y * width + x >= n) continue;
      targets.push_back(static_cast<std::uint32_t>(y * width + x));
    }
    return targets;
  });
}

/// I - Q, transposed; of stopped states, only 1.
Eigen::SparseMatrix<double> transposed(const AbsorbingChain& chain, const std::vector<bool>& stopped) {
  std::vector<Eigen::Triplet<double>> entries;
  for (std::uint32_t i = 0; i < n; ++i) {
    entries.emplace_back(i, i, 1.0);
    if (stopped[i]) continue;
    for (const auto& step : chain.row(i)) {
      if (step.to < n) entries.emplace_back(step.to, i, -step.probability);
    }
  }
  Eigen::SparseMatrix<double> matrix(n, n);
  matrix.setFromTriplets(entries.begin(), entries.end());
  return matrix;
}

Eigen::VectorXd general_visits(const AbsorbingChain& chain, const std::vector<double>& start,
                               const std::vector<bool>& stopped) {
  const Eigen::SparseMatrix<double> matrix = transposed(chain, stopped);
  const Eigen::SparseLU<Eigen::SparseMatrix<double>> lu(matrix);
  const Eigen::VectorXd b = Eigen::VectorXd::Map(start.data(), n);
  Eigen::VectorXd x = lu.solve(b);
  x += lu.solve(b - matrix * x);
  return x;
}

/// Largest |b + sum of Q x - x| / x.
double residual_of_visits(const AbsorbingChain& chain, const std::vector<double>& start, const std::vector<double>& x) {
  std::vector<long double> sum(start.begin(), start.end());
  for (std::uint32_t i = 0; i < n; ++i) {
    for (const auto& step : chain.row(i)) {
      if (step.to < n) sum[step.to] += static_cast<long double>(x[i]) * step.probability;
    }
  }
  long double largest = 0;
  for (std::uint32_t i = 0; i < n; ++i) largest = std::max(largest, std::abs(sum[i] - x[i]) / x[i]);
  return static_cast<double>(largest);
}

void expect_solved(const AbsorbingChain& chain, std::uint32_t group_size) {
  const ChainSolver solver(chain);
  ASSERT_EQ(solver.state(), ChainSolver::State::exact);
  std::vector<double> start(n, 0.5 / n);
  start[0] += 0.5;
  const std::vector<double> visits = solver.visits(start);
  EXPECT_LE(residual_of_visits(chain, start, visits), 1e-13);
  // Everybody leaves with 1/20 at each visit.
  EXPECT_NEAR(std::accumulate(visits.begin(), visits.end(), 0.0), 20, 1e-11);
  for (const double value : solver.values(std::vector<double>(n, 1.0))) ASSERT_NEAR(value, 20, 1e-11);
  EXPECT_NEAR(solver.absorbed(visits)[0], 1, 1e-12);

  std::vector<std::uint32_t> group_of(n);
  for (std::uint32_t i = 0; i < n; ++i) group_of[i] = i / group_size;
  const std::vector<double> reach = solver.reach(start, visits, group_of, n / group_size);
  for (const double probability : reach) ASSERT_TRUE(probability > 0 && probability <= 1) << probability;
  if (group_size == 1) {  // between the first come there and at most once each time
    for (std::uint32_t i = 0; i < n; ++i)
      ASSERT_TRUE(reach[i] >= start[i] * (1 - 1e-13) && reach[i] <= visits[i] * (1 + 1e-13)) << reach[i];
  }
  for (const std::uint32_t group : {0U, 3U, n / group_size / 2, n / group_size - 1}) {
    std::vector<bool> stopped(n);
    for (std::uint32_t i = 0; i < group_size; ++i) stopped[group * group_size + i] = true;
    const Eigen::VectorXd stopped_visits = general_visits(chain, start, stopped);
    double expected = 0;
    for (std::uint32_t i = 0; i < group_size; ++i) expected += stopped_visits(group * group_size + i);
    EXPECT_NEAR(reach[group], expected, 1e-12 * expected) << "group " << group;
  }
}

TEST(LargeChain, one_component_of_near_neighbours) { expect_solved(ring(), 1); }
TEST(LargeChain, many_small_components) { expect_solved(loops(), 1); }
TEST(LargeChain, groups_within_one_component) { expect_solved(ring(), 4); }
TEST(LargeChain, groups_across_components) { expect_solved(loops(), 20); }
TEST(LargeChain, a_square_of_neighbours) { expect_solved(square(), 1); }

}  // namespace
}  // namespace sojourn::engine
