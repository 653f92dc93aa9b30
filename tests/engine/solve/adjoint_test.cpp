#include "engine/solve/adjoint.h"

#include "tests/engine/solve/rational_chain.h"

#include <gtest/gtest.h>

#include <random>

namespace sojourn::engine {
namespace {

using testing::Rational;

/// J of a chain whose transition from `from` to `to` has a weight greater by `more`, its row being normalised, in rationals.
Rational sum_of(const AbsorbingChain& chain, const std::vector<double>& start, const std::vector<double>& reward,
                const std::vector<double>& exit_reward, std::uint32_t from, std::uint32_t to, const Rational& more) {
  testing::RationalMatrix matrix = testing::system_of(chain);
  testing::RationalMatrix out(chain.states(), testing::RationalVector(chain.exits()));
  for (std::uint32_t i = 0; i < chain.states(); ++i) {
    for (const auto& step : chain.row(i)) {
      if (step.to >= chain.states()) out[i][step.to - chain.states()] += Rational(step.probability);
    }
  }
  // Rows of Q and of the way out become (row + more) / (1 + more).
  for (std::uint32_t j = 0; j < chain.states(); ++j) {
    const Rational one = j == from ? 1 : 0;
    matrix[from][j] = one - (one - matrix[from][j] + (j == to ? more : Rational(0))) / (1 + more);
  }
  for (std::uint32_t e = 0; e < chain.exits(); ++e)
    out[from][e] = (out[from][e] + (chain.states() + e == to ? more : Rational(0))) / (1 + more);
  const testing::RationalVector visits = testing::visits_of(testing::inverse(matrix), start);
  Rational sum = 0;
  for (std::uint32_t i = 0; i < chain.states(); ++i) {
    sum += visits[i] * Rational(reward[i]);
    for (std::uint32_t e = 0; e < chain.exits(); ++e) sum += visits[i] * out[i][e] * Rational(exit_reward[e]);
  }
  return sum;
}

TEST(Adjoint, derivatives_by_weight_equal_rational_differences) {
  std::mt19937 chance(1);
  for (int trial = 0; trial < 2; ++trial) {
    const AbsorbingChain chain = testing::random_chain(4, 2, chance, false);
    const std::vector<double> start{0.5, 0, 0.25, 0.25};
    const std::vector<double> reward{1, 0, 5, 2};
    const std::vector<double> exit_reward{10, 20};
    const ChainSolver solver(chain);
    const Adjoint derivatives = adjoint(solver, start, reward, exit_reward);
    for (std::uint32_t from = 0; from < 4; ++from) {
      for (const auto& step : chain.row(from)) {
        // Central differences in rational numbers: of the third derivative, a part in 1e30 is left.
        const Rational more = Rational(1) / Rational("1000000000000000000000000000000");
        const auto sum = [&](const Rational& by) {
          return sum_of(chain, start, reward, exit_reward, from, step.to, by);
        };
        const Rational exact = (sum(more) - sum(-more)) / (2 * more);
        const double scale = derivatives.visits[from] * 20 * solver.values(std::vector<double>(4, 1.0))[from];
        EXPECT_NEAR(derivatives.by_weight(chain, from, step.to, 1.0), exact.convert_to<double>(), 1e-14 * scale);
        EXPECT_NEAR(derivatives.by_weight(chain, from, step.to, 8.0), exact.convert_to<double>() / 8, 1e-14 * scale);
      }
    }
  }
}

}  // namespace
}  // namespace sojourn::engine
