#include "engine/solve/horizon.h"

#include "tests/engine/solve/rational_chain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

namespace sojourn::engine {
namespace {

using testing::below;
using testing::expect_relative;
using testing::Rational;
using testing::RationalVector;

/// A state left with probability 2^-power.
ChainSolver loop(int power) {
  return ChainSolver(AbsorbingChain(1, 1, {{0, 0, 1 - std::ldexp(1.0, -power)}, {0, 1, std::ldexp(1.0, -power)}}));
}

const std::vector<double> at_first{1};

TEST(Horizon, equals_rational_iteration) {
  std::mt19937 chance(1);
  for (int trial = 0; trial < 15; ++trial) {
    SCOPED_TRACE(trial);
    const std::uint32_t n = 1 + below(chance, 8);
    const AbsorbingChain chain = testing::random_chain(n, 2, chance, trial % 2 == 0);
    std::vector<double> durations;
    for (const auto& step : chain.steps()) durations.push_back(step.probability * below(chance, 1000));
    std::vector<double> start(n, 0.0);
    start[0] = 0.75;
    start[n - 1] += 0.25;
    const std::uint64_t limit = below(chance, 30);
    const Horizon horizon = engine::horizon(ChainSolver(chain), start, {.limit = limit, .durations = durations});

    RationalVector mass(start.begin(), start.end());
    RationalVector time(n), visits(n), time_visits(n);
    for (std::uint64_t visit = 0; visit < limit; ++visit) {
      RationalVector next_mass(n), next_time(n);
      for (std::uint32_t i = 0; i < n; ++i) {
        visits[i] += mass[i];
        time_visits[i] += time[i];
        for (std::size_t k = chain.first(i); k < chain.first(i + 1); ++k) {
          const auto& step = chain.steps()[k];
          if (step.to >= n) continue;
          next_mass[step.to] += mass[i] * Rational(step.probability);
          next_time[step.to] += time[i] * Rational(step.probability) + mass[i] * Rational(durations[k]);
        }
      }
      mass.swap(next_mass);
      time.swap(next_time);
    }
    ASSERT_TRUE(horizon.exact);
    EXPECT_EQ(horizon.neglected, 0);
    expect_relative(horizon.truncated, std::accumulate(mass.begin(), mass.end(), Rational(0)), 1e-14);
    for (std::uint32_t i = 0; i < n; ++i) {
      expect_relative(horizon.at_limit[i], mass[i], 1e-14);
      expect_relative(horizon.visits[i], visits[i], 1e-14);
      expect_relative(horizon.time_at_limit[i], time[i], 1e-14);
      expect_relative(horizon.time_visits[i], time_visits[i], 1e-14);
    }
  }
}

TEST(Horizon, stops_when_hardly_anybody_is_left) {
  const Horizon horizon = engine::horizon(loop(1), at_first, {.limit = 1'000'000'000'000});
  EXPECT_TRUE(horizon.exact);
  EXPECT_DOUBLE_EQ(horizon.visits[0], 2);
  EXPECT_EQ(horizon.truncated, 0);
  EXPECT_EQ(horizon.at_limit[0], 0);
  EXPECT_GT(horizon.neglected, 0);
  EXPECT_LT(horizon.neglected, 1e-16);
}

TEST(Horizon, sums_within_the_limit_are_those_without_less_those_from_there) {
  std::mt19937 chance(2);
  const AbsorbingChain chain = testing::random_chain(8, 2, chance, false);
  const ChainSolver solver(chain);
  std::vector<double> start(8, 0.125);
  const Horizon horizon = engine::horizon(solver, start, {.limit = 5});
  const std::vector<double> all = solver.visits(start);
  const std::vector<double> after = solver.visits(horizon.at_limit);
  for (std::uint32_t i = 0; i < 8; ++i) EXPECT_NEAR(horizon.visits[i], all[i] - after[i], 1e-14 * all[i]);
}

TEST(Horizon, second_moments_of_time) {
  // A visit takes 1 hour, and there are K visits, P(K = k) = 2^-k, cut at 3: t = 1, 2, 3 with 1/2, 1/4, 1/4.
  const std::vector<double> durations{0.5, 0.5};
  const Horizon horizon = engine::horizon(loop(1), at_first, {.limit = 3, .durations = durations});
  const double mean = horizon.visits[0];
  const double square = 2 * horizon.time_visits[0] + horizon.visits[0];
  EXPECT_DOUBLE_EQ(mean, 0.5 + 0.5 + 0.75);
  EXPECT_DOUBLE_EQ(square, 0.5 + 1 + 2.25);
  // From the limit on: E[T] = 2, E[T^2] = 6.
  EXPECT_DOUBLE_EQ(horizon.at_limit[0], 0.125);
  EXPECT_DOUBLE_EQ(horizon.time_at_limit[0], 0.375);
  EXPECT_DOUBLE_EQ(square, 6 - (2 * horizon.time_at_limit[0] * 2 + horizon.at_limit[0] * 6));
}

TEST(Horizon, a_trap_is_finite_within_the_limit) {
  // Half go to a trap of two states, half leave.
  const ChainSolver solver(AbsorbingChain(3, 1, {{0, 1, 0.5}, {0, 3, 0.5}, {1, 2, 1}, {2, 1, 1}}));
  const std::vector<double> start{1, 0, 0};
  const Horizon horizon = engine::horizon(solver, start, {.limit = 1001});
  EXPECT_TRUE(horizon.exact);
  EXPECT_EQ(horizon.truncated, 0.5);
  EXPECT_EQ(horizon.visits, (std::vector<double>{1, 250, 250}));
  const Horizon bounded = engine::horizon(solver, start, {.limit = 1'000'000'000'000, .multiplications = 1000});
  EXPECT_FALSE(bounded.exact);
  EXPECT_TRUE(bounded.visits.empty());
  EXPECT_GE(bounded.truncated, 0.5);
  EXPECT_LE(bounded.truncated, 0.5 + 1e-8);
}

TEST(Horizon, a_bound_counts_who_will_enter_a_trap) {
  // Of those at 0, half stay, a quarter leave and a quarter go to the trap at 1: half in the end.
  const ChainSolver solver(AbsorbingChain(2, 1, {{0, 0, 0.5}, {0, 1, 0.25}, {0, 2, 0.25}, {1, 1, 1}}));
  const Horizon bounded = engine::horizon(solver, std::vector<double>{1, 0}, {.limit = 1000, .multiplications = 1});
  EXPECT_FALSE(bounded.exact);
  EXPECT_GE(bounded.truncated, 0.5);
  EXPECT_LE(bounded.truncated, 0.5 + 1e-8);
}

TEST(Horizon, no_visit_at_all) {
  const Horizon horizon = engine::horizon(loop(1), at_first, {.limit = 0});
  EXPECT_TRUE(horizon.exact);
  EXPECT_EQ(horizon.truncated, 1);
  EXPECT_EQ(horizon.visits[0], 0);
}

TEST(Horizon, a_bound_where_iteration_would_take_too_long) {
  // (1 - 2^-20)^(2^22) = e^-4 nearly; for a single state the bound is met.
  const Horizon horizon = engine::horizon(loop(20), at_first, {.limit = 1 << 22, .multiplications = 1e5});
  EXPECT_FALSE(horizon.exact);
  const double exact = std::exp(std::ldexp(1.0, 22) * std::log1p(-std::ldexp(1.0, -20)));
  EXPECT_GE(horizon.truncated, exact);
  EXPECT_LE(horizon.truncated, exact * (1 + 1e-7));
}

TEST(Horizon, bounds_hold) {
  std::mt19937 chance(3);
  int useful = 0;
  for (int trial = 0; trial < 200; ++trial) {
    SCOPED_TRACE(trial);
    const std::uint32_t n = 1 + below(chance, 10);
    const ChainSolver solver(testing::random_chain(n, 1, chance, false));
    std::vector<double> start(n, 0.0);
    start[0] = 1;
    const std::uint64_t limit = 20 + below(chance, 100);
    const Horizon exact = engine::horizon(solver, start, {.limit = limit});
    const Horizon bounded = engine::horizon(solver, start, {.limit = limit, .multiplications = 1});
    ASSERT_FALSE(bounded.exact);
    EXPECT_GE(bounded.truncated, exact.truncated);
    EXPECT_LE(bounded.truncated, 1);
    useful += bounded.truncated < 100 * exact.truncated + 1e-6;
  }
  EXPECT_GT(useful, 100);
}

}  // namespace
}  // namespace sojourn::engine
