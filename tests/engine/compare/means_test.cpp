// Means and paired differences of a behaviour's scores, against sums by hand.

#include "engine/compare/means.h"

#include "engine/base/contract.h"
#include "engine/compare/simulation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::tests {
namespace {

/// Agents leave at once; agent i scores i, and `more` if i is even.
struct Numbered {
  struct State {
    std::uint32_t node = 1;
    std::uint32_t group = 0;
    std::int64_t elapsed_ms = 0;
    std::int64_t agent = 0;
  };
  std::int64_t more = 0;
  std::uint32_t group_of_odd = 0;

  State begin(const engine::Luck& luck) const {
    State state;
    state.agent = luck.agent_low;
    state.group = state.agent % 2 == 1 ? group_of_odd : 0;
    return state;
  }
  void visit(State&, const engine::Luck&, engine::Visit&) const {}
  void score(const State& state, const engine::Ending&, std::span<std::int64_t> scores) const {
    scores[0] = state.agent + (state.agent % 2 == 0 ? more : 0);
    scores[1] = state.agent % 2;
  }
  static std::int64_t pair_score(std::uint32_t, std::span<const std::int64_t>, std::span<const std::int64_t>) {
    return 0;
  }
  std::uint32_t node_count() const { return 1; }
  std::uint32_t visit_limit(const State&) const { return 1; }
};

constexpr int kAgents = 10;

engine::Layout two_scores() {
  engine::Layout layout;
  layout.groups = {"a", "b"};
  layout.exits = {"out"};
  layout.nodes = {{.name = "n", .ways = {}, .marks = {}, .targets = {1}}};
  layout.scores = 2;
  layout.finish();
  return layout;
}

engine::Tallies run(const Numbered& base, const Numbered& scenario) {
  static const engine::Layout layout = two_scores();  // tallies point to it
  const engine::PlaceKeys keys = engine::place_keys({}, {"n"});
  engine::Tallies tallies(layout, 1);
  EXPECT_TRUE(engine::Simulation<Numbered>(layout, {&base, &scenario}, keys).run({0, kAgents, 1, 0}, {}, tallies));
  return tallies;
}

TEST(Means, are_sums_over_agents) {
  const engine::Tallies tallies = run({}, {.more = 4});
  const engine::Estimate mean = engine::mean_of(tallies, 0, 0, 0.5, engine::Shape::real);
  EXPECT_DOUBLE_EQ(mean.value, 0.5 * 4.5);
  EXPECT_DOUBLE_EQ(mean.se, 0.5 * std::sqrt(82.5 / 9 / kAgents));  // sum of squares around 4.5 is 82.5
  EXPECT_LT(mean.lo, mean.value);
  EXPECT_DOUBLE_EQ(engine::mean_of(tallies, 1, 0, 1, engine::Shape::real).value, 6.5);
  const engine::Estimate share = engine::mean_of(tallies, 0, 1, 1, engine::Shape::binary_share);
  EXPECT_DOUBLE_EQ(share.value, 0.5);
  // Wilson's interval of 9 effective observations, with Student's t of 9 degrees of freedom (an expansion, to 1e-5).
  const double t = 2.2621571628, n = 9;
  const double half = t / (1 + t * t / n) * std::sqrt(0.25 / n + t * t / (4 * n * n));
  EXPECT_NEAR(share.lo, 0.5 - half, 1e-5);
  EXPECT_NEAR(share.hi, 0.5 + half, 1e-5);
}

TEST(Means, differ_over_the_same_agents) {
  // Five agents differ by 4, five by nothing: the variance is that of the differences, not of the scores.
  const double se = std::sqrt((10 * 2.0 * 2.0) / 9 / kAgents);
  for (const std::uint32_t group : {0U, 1U}) {  // and whoever changes groups counts as well
    const engine::Tallies tallies = run({}, {.more = 4, .group_of_odd = group});
    const engine::Estimate difference = engine::mean_difference(tallies, 1, 0, 1);
    EXPECT_DOUBLE_EQ(difference.value, 2);
    EXPECT_NEAR(difference.se, se, 1e-12);
    EXPECT_EQ(engine::mean_difference(tallies, 1, 1, 1).value, 0);
    EXPECT_EQ(engine::mean_difference(tallies, 1, 1, 1).se, 0);
  }
}

TEST(Means, are_refused_where_there_are_none) {
  const engine::Tallies tallies = run({}, {});
  EXPECT_THROW(engine::mean_of(tallies, 2, 0, 1, engine::Shape::real), engine::ContractViolation);
  EXPECT_THROW(engine::mean_of(tallies, 0, 2, 1, engine::Shape::real), engine::ContractViolation);
  EXPECT_THROW(engine::mean_difference(tallies, 0, 0, 1), engine::ContractViolation);
}

}  // namespace
}  // namespace sojourn::tests
