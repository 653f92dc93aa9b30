// Chains whose answers others have published or that have a closed form.

#include "engine/solve/adjoint.h"
#include "engine/solve/chain_solver.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace sojourn::engine {
namespace {

std::vector<double> at(std::uint32_t state, std::uint32_t states) {
  std::vector<double> start(states, 0.0);
  start[state] = 1;
  return start;
}

double sum(const std::vector<double>& numbers) { return std::accumulate(numbers.begin(), numbers.end(), 0.0); }

TEST(PublishedChains, knuth_yao_die) {
  // Knuth & Yao 1976: a die by flips of a fair coin, 11/3 of them.
  const std::uint32_t faces[3][2] = {{0, 1}, {2, 3}, {4, 5}};
  std::vector<Transition> transitions{{0, 1, 0.5}, {0, 2, 0.5}, {1, 3, 0.5}, {1, 4, 0.5}, {2, 5, 0.5}, {2, 6, 0.5}};
  transitions.insert(transitions.end(), {{3, 1, 0.5}, {3, 7 + faces[0][0], 0.5}});
  transitions.insert(transitions.end(), {{4, 7 + faces[0][1], 0.5}, {4, 7 + faces[1][0], 0.5}});
  transitions.insert(transitions.end(), {{5, 7 + faces[1][1], 0.5}, {5, 7 + faces[2][0], 0.5}});
  transitions.insert(transitions.end(), {{6, 2, 0.5}, {6, 7 + faces[2][1], 0.5}});
  const ChainSolver solver(AbsorbingChain(7, 6, std::move(transitions)));
  const std::vector<double> visits = solver.visits(at(0, 7));
  for (const double face : solver.absorbed(visits)) EXPECT_DOUBLE_EQ(face, 1.0 / 6);
  EXPECT_DOUBLE_EQ(sum(visits), 11.0 / 3);
  // 1 is come back to through 3 only, so 3 is reached if the first flips lead there, and 4 by 1/4 / (1 - 1/4).
  const std::vector<std::uint32_t> each{0, 1, 2, 3, 4, 5, 6};
  const std::vector<double> reach = solver.reach(at(0, 7), visits, each, 7);
  const std::vector<double> expected{1, 0.5, 0.5, 0.25, 1.0 / 3, 1.0 / 3, 0.25};
  for (std::uint32_t i = 0; i < 7; ++i) EXPECT_DOUBLE_EQ(reach[i], expected[i]);
}

TEST(PublishedChains, gamblers_ruin) {
  // Feller 1968, XIV.2: from i to N before 0 with probability (1 - r^i) / (1 - r^N), r = (1 - p) / p.
  const std::uint32_t n = 19;
  const double p = 18.0 / 38;
  std::vector<Transition> transitions;
  for (std::uint32_t i = 0; i < n; ++i) {
    transitions.push_back({i, i > 0 ? i - 1 : n, 1 - p});
    transitions.push_back({i, i + 1 < n ? i + 1 : n + 1, p});
  }
  const ChainSolver solver(AbsorbingChain(n, 2, std::move(transitions)));
  const std::vector<double> visits = solver.visits(at(9, n));
  EXPECT_NEAR(solver.absorbed(visits)[1], 0.258533412957, 5e-13);
  const double r = (1 - p) / p;
  EXPECT_NEAR(solver.absorbed(visits)[1], (1 - std::pow(r, 10)) / (1 - std::pow(r, 20)), 1e-14);
  std::vector<std::uint32_t> each(n);
  std::iota(each.begin(), each.end(), 0U);
  const std::vector<double> reach = solver.reach(at(9, n), visits, each, n);
  for (std::uint32_t i = 9; i < n; ++i)
    EXPECT_NEAR(reach[i], (1 - std::pow(r, 10)) / (1 - std::pow(r, i + 1)), 1e-14) << i;
}

TEST(PublishedChains, bounded_retransmission_protocol) {
  // Helmink, Sellink & Vaandrager 1994, as D'Argenio et al. 2001 have it: 16 chunks, each sent up to 3 times; a frame is
  // lost with 0.02, its acknowledgement with 0.01. The sender gives up with 1 - (1 - 0.0298^3)^16.
  const std::uint32_t chunks = 16;
  const std::uint32_t tries = 3;
  const std::uint32_t n = chunks * tries * 2;
  std::vector<Transition> transitions;
  for (std::uint32_t chunk = 0; chunk < chunks; ++chunk) {
    for (std::uint32_t attempt = 0; attempt < tries; ++attempt) {
      const std::uint32_t sent = (chunk * tries + attempt) * 2;
      const std::uint32_t again = attempt + 1 < tries ? sent + 2 : n;
      const std::uint32_t next = chunk + 1 < chunks ? (chunk + 1) * tries * 2 : n + 1;
      transitions.insert(transitions.end(), {{sent, sent + 1, 0.98}, {sent, again, 0.02}});
      transitions.insert(transitions.end(), {{sent + 1, next, 0.99}, {sent + 1, again, 0.01}});
    }
  }
  const ChainSolver solver(AbsorbingChain(n, 2, std::move(transitions)));
  const double gives_up = solver.absorbed(solver.visits(at(0, n)))[0];
  EXPECT_NEAR(gives_up, 4.233334437734179e-4, 1e-18);  // 1 - (1 - 0.0298^3)^16 in rational numbers
  EXPECT_NEAR(gives_up, 4.2333344e-4, 5e-12);          // as published, found there by iteration
}

/// Touchpoints A, B, C; outcomes won and lost. `gone` is a touchpoint whose arrivals are lost.
AbsorbingChain marketing_journey(std::uint32_t gone = ~0U) {
  const std::uint32_t won = 3;
  const std::uint32_t lost = 4;
  std::vector<Transition> transitions{{0, 1, 0.6},   {0, 2, 0.3},    {0, lost, 0.1}, {1, 0, 0.2},   {1, 2, 0.5},
                                      {1, won, 0.2}, {1, lost, 0.1}, {2, 1, 0.1},    {2, won, 0.6}, {2, lost, 0.3}};
  for (Transition& transition : transitions) {
    if (transition.to == gone) transition.to = lost;
  }
  return {3, 2, std::move(transitions)};
}

TEST(PublishedChains, a_marketing_journey) {
  const auto won = [](const AbsorbingChain& chain) {
    const ChainSolver solver(chain);
    return solver.absorbed(solver.visits(at(0, 3)))[0];
  };
  const double base = won(marketing_journey());
  EXPECT_NEAR(base, 0.589805825242718, 5e-16);
  EXPECT_NEAR(1 - won(marketing_journey(1)) / base, 0.694814814814815, 1e-15);
  EXPECT_NEAR(1 - won(marketing_journey(2)) / base, 0.768799102132, 5e-13);
}

TEST(PublishedChains, derivatives_of_the_marketing_journey) {
  const AbsorbingChain chain = marketing_journey();
  const ChainSolver solver(chain);
  const Adjoint derivatives = adjoint(solver, at(0, 3), std::vector<double>(3, 0.0), std::vector<double>{1, 0});
  ASSERT_EQ(derivatives.values.size(), 5U);
  EXPECT_EQ(derivatives.values[3], 1);
  EXPECT_EQ(derivatives.values[4], 0);
  EXPECT_NEAR(derivatives.by_probability(0, 1) - derivatives.by_probability(0, 4), 0.749952870205, 5e-13);
  EXPECT_NEAR(derivatives.by_weight(chain, 0, 1, 1.0) - derivatives.by_weight(chain, 0, 4, 1.0), 0.749952870205, 5e-13);
}

}  // namespace
}  // namespace sojourn::engine
