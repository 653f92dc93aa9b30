#include "engine/solve/expected_length.h"

#include <gtest/gtest.h>
#include <Eigen/Dense>

#include <cmath>
#include <random>

namespace sojourn::engine {
namespace {

using State = ExpectedVisits::State;

void expect_relative(double value, double expected, double tolerance) {
  EXPECT_LE(std::abs(value - expected), tolerance * std::abs(expected)) << value << " instead of " << expected;
}

/// Nodes 0..n-1 stand for 1..n gulden; up with p, down with 1 - p, out below 1 and above n.
Network gamblers_ruin(std::uint32_t n, std::uint32_t start, double p) {
  Network network{.nodes = n, .exits = 2, .links = {}, .start = {{start, 1}}};
  for (std::uint32_t i = 0; i < n; ++i) {
    network.links.push_back({i, i > 0 ? i - 1 : n, 1 - p});
    network.links.push_back({i, i + 1 < n ? i + 1 : n + 1, p});
  }
  return network;
}

TEST(ExpectedVisits, gamblers_ruin) {
  // 10 gulden, to 20, p = 18/38: the exact rational answers, computed apart.
  const ExpectedVisits expected = expected_visits(gamblers_ruin(19, 9, 18.0 / 38.0));
  ASSERT_EQ(expected.state, State::exact);
  expect_relative(expected.total(), 91.75730307650225, 1e-14);  // 1237510963810 / 13486784401
  expect_relative(expected.visits[0], 1.4087865153825112, 1e-14);
  expect_relative(expected.visits[9], 9.175730307650227, 1e-14);
  expect_relative(expected.visits[18], 0.5457927606860985, 1e-14);
}

TEST(ExpectedVisits, a_fair_game_of_a_hundred_thousand) {
  // From i to 0 or N in i (N - i) steps on average.
  const ExpectedVisits expected = expected_visits(gamblers_ruin(99'999, 33'332, 0.5));
  ASSERT_EQ(expected.state, State::exact);
  expect_relative(expected.total(), 33'333.0 * (100'000.0 - 33'333.0), 1e-9);
}

TEST(ExpectedVisits, a_geometric_loop) {
  const auto loop = [](double again, double leave) {
    return expected_visits({.nodes = 1, .exits = 1, .links = {{0, 0, again}, {0, 1, leave}}, .start = {{0, 1}}})
        .total();
  };
  EXPECT_DOUBLE_EQ(loop(0.2, 0.8), 1.25);
  expect_relative(loop(1 - 1e-12, 1e-12), 1e12, 1e-15);
  expect_relative(loop(1, 1e-300), 1e300, 1e-15);
}

TEST(ExpectedVisits, two_that_are_hardly_ever_left) {
  // Left with 1e-14 from the first of two: each is visited 1e14 times, the second once less. A general LU gives 2.0016e14.
  const ExpectedVisits expected = expected_visits(
      {.nodes = 2, .exits = 1, .links = {{0, 1, 1 - 1e-14}, {0, 2, 1e-14}, {1, 0, 1}}, .start = {{0, 1}}});
  expect_relative(expected.visits[0], 1e14, 1e-15);
  expect_relative(expected.visits[1], 1e14 - 1, 1e-15);
}

TEST(ExpectedVisits, weights_are_relative_and_do_not_overflow) {
  const ExpectedVisits expected =
      expected_visits({.nodes = 3,
                       .exits = 1,
                       .links = {{0, 1, 1.5e308}, {0, 2, 1.5e308}, {1, 3, 7}, {2, 3, 5e-324}},
                       .start = {{0, 1e308}, {1, 1e308}}});
  EXPECT_EQ(expected.visits, (std::vector<double>{0.5, 0.75, 0.25}));
}

TEST(ExpectedVisits, links_side_by_side_add_up) {
  EXPECT_DOUBLE_EQ(
      expected_visits({.nodes = 2,
                       .exits = 1,
                       .links = {{0, 0, 1}, {0, 1, 1}, {0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 2, 2}, {1, 2, 1}},
                       .start = {{0, 1}}})
          .total(),
      4.0);  // x0 = 1 + x0/2 + x1/4, x1 = x0/2: 8/3 and 4/3
}

TEST(ExpectedVisits, one_may_start_outside) {
  EXPECT_DOUBLE_EQ(expected_visits({.nodes = 1, .exits = 1, .links = {{0, 1}}, .start = {{0, 1}, {1, 3}}}).total(),
                   0.25);
}

TEST(ExpectedVisits, is_infinite_where_a_reached_node_has_no_way_out) {
  const ExpectedVisits expected =
      expected_visits({.nodes = 2, .exits = 1, .links = {{0, 1, 1e-9}, {0, 2, 1}, {1, 1}}, .start = {{0, 1}}});
  EXPECT_EQ(expected.state, State::endless);
  EXPECT_EQ(expected.total(), std::numeric_limits<double>::infinity());
}

TEST(ExpectedVisits, what_is_not_reached_does_not_matter) {
  const ExpectedVisits expected =
      expected_visits({.nodes = 3, .exits = 1, .links = {{0, 3}, {1, 1}, {2, 2}, {2, 0}}, .start = {{0, 1}}});
  EXPECT_EQ(expected.visits, (std::vector<double>{1, 0, 0}));
}

/// A random chain of n nodes with `links` links each and an exit.
Network random_chain(std::uint32_t n, std::uint32_t links, std::uint32_t seed) {
  std::mt19937 chance(seed);
  Network network{.nodes = n, .exits = 1, .links = {}, .start = {{0, 1}, {n / 2, 2}}};
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t k = 0; k < links; ++k) {
      network.links.push_back({i, static_cast<std::uint32_t>(chance() % n), static_cast<double>(1 + chance() % 5)});
    }
    network.links.push_back({i, n, 0.1});
  }
  return network;
}

/// The same by a general solver.
Eigen::VectorXd solved(const Network& network) {
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(network.nodes, network.nodes);
  Eigen::VectorXd start = Eigen::VectorXd::Zero(network.nodes);
  std::vector<double> sums(network.nodes);
  double total = 0;
  for (const Link& link : network.links) sums[link.from] += link.weight;
  for (const Link& link : network.links) {
    if (link.to < network.nodes) matrix(link.to, link.from) -= link.weight / sums[link.from];
  }
  for (const auto& [node, weight] : network.start) total += weight;
  for (const auto& [node, weight] : network.start) start(node) += weight / total;
  return matrix.partialPivLu().solve(start);
}

TEST(ExpectedVisits, equal_those_of_a_general_solver) {
  // Sparse ones stay sparse, dense ones go through the full matrix (more than 64 entries of fill).
  for (const std::uint32_t n : {2U, 3U, 7U, 20U, 60U, 150U}) {
    for (const std::uint32_t links : {1U, 2U, 3U, 30U}) {
      for (std::uint32_t seed = 0; seed < 3; ++seed) {
        const Network network = random_chain(n, links, seed);
        const ExpectedVisits expected = expected_visits(network);
        ASSERT_EQ(expected.state, State::exact);
        const Eigen::VectorXd by_lu = solved(network);
        for (std::uint32_t i = 0; i < n; ++i) {
          EXPECT_NEAR(expected.visits[i], by_lu(i), 1e-11 * by_lu.sum())
              << n << " nodes, " << links << " links, seed " << seed;
        }
      }
    }
  }
}

TEST(ExpectedVisits, gives_up_where_loops_are_large_and_dense) {
  const Network network = random_chain(3000, 3, 1);
  const ExpectedVisits expected = expected_visits(network, {.numbers = 1e8, .multiplications = 1e6});
  EXPECT_EQ(expected.state, State::entangled);
  EXPECT_TRUE(expected.visits.empty());
  EXPECT_TRUE(std::isnan(expected.total()));
}

}  // namespace
}  // namespace sojourn::engine
