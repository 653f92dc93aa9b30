#include "engine/solve/subsets.h"

#include "engine/base/contract.h"
#include "engine/solve/chain_solver.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace sojourn::engine {
namespace {

struct Problem {
  std::vector<Transition> transitions;
  std::vector<double> start;
  double start_counts = 0;
  std::vector<std::uint32_t> group_of;
  std::uint32_t states = 0, groups = 0;
};

constexpr std::uint32_t kExits = 2;  // the second counts
const std::vector<std::uint8_t> kCounts = {0, 1};

Problem random_problem(std::mt19937_64& random, std::uint32_t groups) {
  std::uniform_real_distribution<double> any(0, 1);
  Problem problem;
  problem.groups = groups;
  problem.states = groups + static_cast<std::uint32_t>(random() % (groups + 1));
  double total = any(random);
  problem.start_counts = total;
  for (std::uint32_t i = 0; i < problem.states; ++i) {
    problem.group_of.push_back(i < groups ? i : static_cast<std::uint32_t>(random() % groups));
    problem.start.push_back(any(random) < 0.5 ? any(random) : 0);
    total += problem.start.back();
    std::vector<double> row;
    double sum = 0;
    for (std::uint32_t j = 0; j < problem.states + kExits; ++j) {
      row.push_back(any(random) < 0.4 || j >= problem.states ? any(random) : 0);
      sum += row.back();
    }
    for (std::uint32_t j = 0; j < row.size(); ++j) problem.transitions.push_back({i, j, row[j] / sum});
  }
  for (double& share : problem.start) share /= total;
  problem.start_counts /= total;
  return problem;
}

std::vector<double> answer(const Problem& problem) {
  const AbsorbingChain chain(problem.states, kExits, problem.transitions);
  return absorbed_within(chain, problem.start, problem.start_counts, kCounts, problem.group_of, problem.groups);
}

/// The same by a chain of its own, in which states of other groups end elsewhere.
double alone(const Problem& problem, std::uint32_t set) {
  const auto is_open = [&](std::uint32_t end) {
    return end >= problem.states || (set >> problem.group_of[end] & 1) != 0;
  };
  std::vector<Transition> transitions = problem.transitions;
  for (Transition& each : transitions) {
    if (!is_open(each.from) || !is_open(each.to)) each.to = problem.states;
  }
  const ChainSolver solver(AbsorbingChain(problem.states, kExits, transitions));
  std::vector<double> start = problem.start;
  for (std::uint32_t i = 0; i < problem.states; ++i) start[i] = is_open(i) ? start[i] : 0;
  return problem.start_counts + solver.absorbed(solver.visits(start))[1];
}

TEST(Subsets, each_equals_a_chain_of_its_own) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 40; ++round) {
    const Problem problem = random_problem(random, 1 + static_cast<std::uint32_t>(round % 6));
    const std::vector<double> within = answer(problem);
    ASSERT_EQ(within.size(), std::size_t{1} << problem.groups);
    for (std::uint32_t set = 0; set < within.size(); ++set) EXPECT_NEAR(within[set], alone(problem, set), 1e-13);
  }
}

TEST(Subsets, who_cannot_leave_ends_there) {
  // 0 goes to 1 or to what counts; 1 never leaves.
  const AbsorbingChain chain(2, 2, {{0, 1, 0.5}, {0, 3, 0.5}, {1, 1, 1.0}});
  const std::vector<double> within = absorbed_within(chain, std::vector{1.0, 0.0}, 0, kCounts, std::vector{0U, 1U}, 2);
  EXPECT_EQ(within, (std::vector{0.0, 0.5, 0.0, 0.5}));
}

TEST(Subsets, fifteen_groups_at_once) {
  std::mt19937_64 random(2);
  const Problem problem = random_problem(random, 15);
  const std::vector<double> within = answer(problem);
  for (const std::uint32_t set : {0U, 1U, 0x5555U, 0x1234U, 0x7fffU})
    EXPECT_NEAR(within[set], alone(problem, set), 1e-12);
  EXPECT_THROW(answer(random_problem(random, 16)), ContractViolation);
}

TEST(Shapley, a_glove_is_worth_little_without_the_other) {
  // Players 0 and 1 have a left glove, player 2 a right one; a pair is worth 1 (Shapley & Shubik 1969): 1/6, 1/6, 4/6.
  std::vector<double> worth(8, 0.0);
  for (std::size_t set = 0; set < 8; ++set) worth[set] = (set & 4) != 0 && (set & 3) != 0 ? 1 : 0;
  const std::vector<double> values = shapley_values(worth);
  EXPECT_NEAR(values[0], 1.0 / 6, 1e-15);
  EXPECT_NEAR(values[1], 1.0 / 6, 1e-15);
  EXPECT_NEAR(values[2], 4.0 / 6, 1e-15);
}

TEST(Shapley, values_sum_to_all_less_none) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> any(-1, 1);
  std::vector<double> worth(1 << 9);
  std::ranges::generate(worth, [&] { return any(random); });
  double sum = 0;
  for (const double value : shapley_values(worth)) sum += value;
  EXPECT_NEAR(sum, worth.back() - worth.front(), 1e-13);
}

}  // namespace
}  // namespace sojourn::engine
