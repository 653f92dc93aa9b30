#include "engine/solve/chain_solver.h"

#include "engine/base/contract.h"
#include "tests/engine/solve/rational_chain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace sojourn::engine {
namespace {

using testing::below;
using testing::expect_relative;
using testing::random_chain;
using testing::Rational;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double tolerance = 1e-13;  // a unit in the last place for each of some hundred operations

std::vector<double> some_start(std::uint32_t states, std::mt19937& chance) {
  std::vector<double> start(states, 0.0);
  start[below(chance, states)] += 0.75;
  start[below(chance, states)] += 0.25;
  return start;
}

/// Solves the chain both ways.
void expect_exact(const AbsorbingChain& chain, std::mt19937& chance) {
  const ChainSolver solver(chain);
  ASSERT_EQ(solver.state(), ChainSolver::State::exact);
  const std::uint32_t n = chain.states();
  const auto z = testing::inverse(testing::system_of(chain));
  const std::vector<double> start = some_start(n, chance);

  const std::vector<double> visits = solver.visits(start);
  const auto exact_visits = testing::visits_of(z, start);
  for (std::uint32_t i = 0; i < n; ++i) expect_relative(visits[i], exact_visits[i], tolerance);

  const std::vector<double> absorbed = solver.absorbed(visits);
  std::vector<Rational> exact_absorbed(chain.exits());
  for (std::uint32_t i = 0; i < n; ++i) {
    for (const auto& step : chain.row(i)) {
      if (step.to >= n) exact_absorbed[step.to - n] += exact_visits[i] * Rational(step.probability);
    }
  }
  for (std::uint32_t e = 0; e < chain.exits(); ++e) expect_relative(absorbed[e], exact_absorbed[e], tolerance);

  std::vector<double> reward(n);
  std::vector<double> exit_reward(chain.exits());
  for (double& r : reward) r = double(below(chance, 100));
  for (double& r : exit_reward) r = double(below(chance, 100));
  const std::vector<double> values = solver.values(reward, exit_reward);
  for (std::uint32_t i = 0; i < n; ++i) {
    Rational exact = 0;
    for (std::uint32_t j = 0; j < n; ++j) {
      Rational gained = Rational(reward[j]);
      for (const auto& step : chain.row(j)) {
        if (step.to >= n) gained += Rational(step.probability) * Rational(exit_reward[step.to - n]);
      }
      exact += z[i][j] * gained;
    }
    expect_relative(values[i], exact, tolerance);
  }
}

TEST(ChainSolver, equals_rational_arithmetic) {
  std::mt19937 chance(1);
  for (int trial = 0; trial < 60; ++trial) {
    SCOPED_TRACE(trial);
    expect_exact(random_chain(1 + below(chance, 10), 1 + below(chance, 3), chance, trial % 2 == 0), chance);
  }
}

/// In groups at random; `groups` is none.
void expect_exact_reach(const AbsorbingChain& chain, std::uint32_t groups, std::mt19937& chance) {
  const ChainSolver solver(chain);
  std::vector<std::uint32_t> group_of(chain.states());
  for (std::uint32_t& group : group_of) {
    group = below(chance, groups + 1);
    if (group == groups) group = ChainSolver::no_group;
  }
  const std::vector<double> start = some_start(chain.states(), chance);
  const std::vector<double> reach = solver.reach(start, solver.visits(start), group_of, groups);
  ASSERT_EQ(reach.size(), groups);
  for (std::uint32_t g = 0; g < groups; ++g) {
    std::vector<bool> wanted(chain.states());
    for (std::uint32_t i = 0; i < chain.states(); ++i) wanted[i] = group_of[i] == g;
    expect_relative(reach[g], testing::reach_of(chain, start, wanted), tolerance);
  }
}

TEST(ChainSolver, reach_equals_rational_arithmetic) {
  std::mt19937 chance(2);
  for (int trial = 0; trial < 80; ++trial) {
    SCOPED_TRACE(trial);
    const std::uint32_t states = 2 + below(chance, 7);
    expect_exact_reach(random_chain(states, 1, chance, trial % 2 == 0), 1 + below(chance, states), chance);
  }
}

/// Layers of states, as the flags of a journey make them: on within a layer, or for good into the next one.
AbsorbingChain layers(std::uint32_t states, std::uint32_t count, std::mt19937& chance) {
  std::vector<Transition> transitions;
  for (std::uint32_t layer = 0; layer < count; ++layer) {
    for (std::uint32_t i = 0; i < states; ++i) {
      const std::uint32_t from = layer * states + i;
      const std::uint32_t up = layer + 1 < count ? from + states : count * states;
      transitions.push_back({from, layer * states + (i + 1) % states, 0.5});
      transitions.push_back({from, layer * states + below(chance, states), 0.25});
      transitions.push_back({from, up, 0.125});
      transitions.push_back({from, count * states, 0.125});
    }
  }
  return {states * count, 1, std::move(transitions)};
}

TEST(ChainSolver, reach_of_groups_across_components) {
  std::mt19937 chance(3);
  for (int trial = 0; trial < 2; ++trial) {
    const AbsorbingChain chain = layers(6, 3, chance);
    const ChainSolver solver(chain);
    std::vector<double> start(18, 0.0);
    start[0] = 1;
    std::vector<std::uint32_t> group_of(18);
    for (std::uint32_t i = 0; i < 18; ++i) group_of[i] = i % 6;
    const std::vector<double> reach = solver.reach(start, solver.visits(start), group_of, 6);
    for (std::uint32_t g = 0; g < 6; ++g) {
      std::vector<bool> wanted(18);
      for (std::uint32_t i = 0; i < 18; ++i) wanted[i] = i % 6 == g;
      expect_relative(reach[g], testing::reach_of(chain, start, wanted), tolerance);
    }
  }
}

TEST(ChainSolver, reach_of_a_group_that_is_hardly_ever_left) {
  // 0 comes to {1, 2} with 2^-30 only, and those two lead to each other 2^60 times.
  const AbsorbingChain chain(3, 1, {{0, 1, 0x1p-30}, {0, 3, 1 - 0x1p-30}, {1, 2, 1}, {2, 1, 1}, {2, 3, 0x1p-60}});
  const ChainSolver solver(chain);
  const std::vector<double> start{1, 0, 0};
  const std::vector<double> visits = solver.visits(start);
  EXPECT_DOUBLE_EQ(visits[2], 0x1p30);
  const std::vector<double> reach = solver.reach(start, visits, std::vector<std::uint32_t>{0, 1, 1}, 2);
  EXPECT_DOUBLE_EQ(reach[0], 1);
  EXPECT_DOUBLE_EQ(reach[1], 0x1p-30);
}

TEST(ChainSolver, dense_fronts_of_more_than_one_panel) {
  // 150 states that all lead to each other: one front, in panels of 48.
  std::mt19937 chance(4);
  const std::uint32_t n = 150;
  std::vector<Transition> transitions;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j <= n; ++j) transitions.push_back({i, j, 1.0 / (n + 1)});
  }
  // By symmetry: p = 1/151 to each; from outside a state it is come to before the exit with 1/2.
  const ChainSolver solver(AbsorbingChain(n, 1, std::move(transitions)));
  std::vector<double> start(n, 0.0);
  start[7] = 1;
  const std::vector<double> visits = solver.visits(start);
  std::vector<std::uint32_t> group_of(n);
  for (std::uint32_t i = 0; i < n; ++i) group_of[i] = i;
  std::vector<double> reach = solver.reach(start, visits, group_of, n);
  for (std::uint32_t i = 0; i < n; ++i) {
    EXPECT_NEAR(visits[i], i == 7 ? 2 : 1, 1e-12);
    EXPECT_NEAR(reach[i], i == 7 ? 1 : 0.5, 1e-12);
  }
  for (std::uint32_t i = 0; i < n; ++i) group_of[i] = i == 7 ? ChainSolver::no_group : i / 50;  // 50, 49 and 50 states
  reach = solver.reach(start, visits, group_of, 3);
  EXPECT_NEAR(reach[0], 49.0 / 50, 1e-12);
  EXPECT_NEAR(reach[1], 50.0 / 51, 1e-12);
  for (const double value : solver.values(std::vector<double>(n, 1.0))) EXPECT_NEAR(value, 151, 1e-10);
}

TEST(ChainSolver, a_trap) {
  // From 0: out with 1/2, into the trap {1, 2} with 1/4, to 3 with 1/4, and from there out.
  const ChainSolver solver(
      AbsorbingChain(4, 2, {{0, 4, 0.5}, {0, 1, 0.25}, {0, 3, 0.25}, {1, 2, 1}, {2, 1, 0.5}, {2, 2, 0.5}, {3, 5, 1}}));
  EXPECT_EQ(solver.state(), ChainSolver::State::exact);
  EXPECT_FALSE(solver.ends_surely(0));
  EXPECT_FALSE(solver.ends_surely(1));
  EXPECT_TRUE(solver.ends_surely(3));
  EXPECT_TRUE(solver.in_trap(2));
  EXPECT_FALSE(solver.in_trap(0));
  const std::vector<double> start{1, 0, 0, 0};
  const std::vector<double> visits = solver.visits(start);
  EXPECT_EQ(visits, (std::vector<double>{1, infinity, infinity, 0.25}));
  EXPECT_EQ(solver.visits(std::vector<double>{0, 0, 0, 1}), (std::vector<double>{0, 0, 0, 1}));
  EXPECT_EQ(solver.absorbed(visits), (std::vector<double>{0.5, 0.25}));
  EXPECT_EQ(solver.values(std::vector<double>{1, 1, 1, 1}), (std::vector<double>{infinity, infinity, infinity, 1}));
  EXPECT_EQ(solver.values(std::vector<double>{2, 0, -1, 1}), (std::vector<double>{-infinity, -infinity, -infinity, 1}));
  EXPECT_EQ(solver.values(std::vector<double>{2, 0, 0, 4}, std::vector<double>{8, 0}),
            (std::vector<double>{7, 0, 0, 4}));
  const auto reach = [&](std::vector<std::uint32_t> group_of) { return solver.reach(start, visits, group_of, 2); };
  EXPECT_EQ(reach({0, 0, 1, 1}), (std::vector<double>{1, 0.5}));
  EXPECT_EQ(reach({ChainSolver::no_group, 0, 0, 1}), (std::vector<double>{0.25, 0.25}));
  EXPECT_EQ(reach({ChainSolver::no_group, 0, 1, 1}), (std::vector<double>{0.25, 0.5}));
}

TEST(ChainSolver, a_chain_that_is_a_trap) {
  const ChainSolver solver(AbsorbingChain(1, 0, {{0, 0, 1}}));
  EXPECT_EQ(solver.visits(std::vector<double>{1}), (std::vector<double>{infinity}));
  EXPECT_EQ(solver.visits(std::vector<double>{0}), (std::vector<double>{0}));
  EXPECT_EQ(solver.values(std::vector<double>{0}), (std::vector<double>{0}));
  EXPECT_EQ(solver.reach(std::vector<double>{1}, std::vector<double>{infinity}, std::vector<std::uint32_t>{0}, 1),
            (std::vector<double>{1}));
}

TEST(ChainSolver, a_loop_left_less_often_than_numbers_can_say_is_a_trap) {
  const auto loop = [](double once, double twice) {
    return AbsorbingChain(2, 1, {{0, 1, once}, {0, 0, 1 - once}, {1, 0, 1 - twice}, {1, 2, twice}});
  };
  const ChainSolver trap(loop(1e-200, 1e-200));
  const std::vector<double> visits = trap.visits(std::vector<double>{1, 0});
  EXPECT_EQ(visits, (std::vector<double>{infinity, infinity}));
  EXPECT_EQ(trap.absorbed(visits), (std::vector<double>{0}));
  const ChainSolver loose(loop(1e-150, 1e-150));
  EXPECT_DOUBLE_EQ(loose.visits(std::vector<double>{1, 0})[0], 1e300);
}

TEST(ChainSolver, a_chain_without_states) {
  const ChainSolver solver(AbsorbingChain(0, 1, {}));
  EXPECT_TRUE(solver.visits({}).empty());
  EXPECT_TRUE(solver.reach({}, {}, {}, 0).empty());
}

TEST(ChainSolver, says_when_loops_are_too_entangled) {
  std::mt19937 chance(5);
  std::vector<Transition> transitions;
  for (std::uint32_t i = 0; i < 500; ++i) {
    for (int k = 0; k < 4; ++k) transitions.push_back({i, below(chance, 500), 0.25 - 0x1p-8});
    transitions.push_back({i, 500, 0x1p-6});
  }
  const AbsorbingChain chain(500, 1, std::move(transitions));
  EXPECT_EQ(ChainSolver(chain).state(), ChainSolver::State::exact);
  for (const SolverBudget& budget : {SolverBudget{1e3, 1e12}, SolverBudget{1e9, 1e5}}) {
    const ChainSolver solver(chain, budget);
    EXPECT_EQ(solver.state(), ChainSolver::State::entangled);
    EXPECT_TRUE(solver.ends_surely(0));
    EXPECT_THROW(solver.visits(std::vector<double>(500, 0.0)), ContractViolation);
  }
}

/// On with 1/2, back with 1/4, out with 1/4.
AbsorbingChain line(std::uint32_t n) {
  std::vector<Transition> transitions;
  for (std::uint32_t i = 0; i < n; ++i) {
    transitions.push_back({i, i + 1, 0.5});
    transitions.push_back({i, i == 0 ? 0 : i - 1, 0.25});
    transitions.push_back({i, n, 0.25});
  }
  return {n, 1, std::move(transitions)};
}

/// States that are far from each other make a group: more fill than a small budget allows.
void expect_same_reach(std::uint32_t n, std::uint32_t groups, const SolverBudget& small) {
  std::vector<std::uint32_t> group_of(n);
  for (std::uint32_t i = 0; i < n; ++i) group_of[i] = i * 7 % groups;
  std::vector<double> start(n, 0.0);
  start[0] = 1;
  const ChainSolver solver(line(n));
  const ChainSolver thrifty(line(n), small);
  ASSERT_EQ(thrifty.state(), ChainSolver::State::exact);
  const std::vector<double> visits = solver.visits(start);
  const std::vector<double> together = solver.reach(start, visits, group_of, groups);
  const std::vector<double> one_by_one = thrifty.reach(start, visits, group_of, groups);
  ASSERT_EQ(one_by_one.size(), groups);
  for (std::uint32_t g = 0; g < groups; ++g) EXPECT_NEAR(together[g], one_by_one[g], 1e-13 * together[g]) << g;
  const ChainSolver poor(line(n), {.numbers = small.numbers, .multiplications = 5.0 * n});
  ASSERT_EQ(poor.state(), ChainSolver::State::exact);
  EXPECT_TRUE(poor.reach(start, visits, group_of, groups).empty());
}

TEST(ChainSolver, reach_by_columns_where_groups_entangle) {
  expect_same_reach(60, 20, {.numbers = 400, .multiplications = 1e6});
}

TEST(ChainSolver, reach_by_stopping_where_large_groups_entangle) {
  expect_same_reach(300, 3, {.numbers = 3000, .multiplications = 1e7});
}

TEST(ChainSolver, reach_of_thousands_of_states) {
  const std::uint32_t n = 3000;
  std::vector<Transition> transitions;
  for (std::uint32_t i = 0; i < n; ++i) {
    transitions.push_back({i, i + 1, 1 - 0x1p-10});
    transitions.push_back({i, n, 0x1p-10});
  }
  const ChainSolver solver(AbsorbingChain(n, 1, std::move(transitions)));
  std::vector<double> start(n, 0.0);
  start[0] = 1;
  std::vector<std::uint32_t> group_of(n);
  for (std::uint32_t i = 0; i < n; ++i) group_of[i] = std::min(i, 1500U);
  const std::vector<double> reach = solver.reach(start, solver.visits(start), group_of, 1501);
  for (std::uint32_t g = 0; g <= 1500; ++g) ASSERT_NEAR(reach[g], std::pow(1 - 0x1p-10, g), 1e-13) << g;
}

}  // namespace
}  // namespace sojourn::engine
