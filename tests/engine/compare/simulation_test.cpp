// Pairs of journeys of the same agents, with a behaviour of a few lines: what is the same, where journeys part, who moves.

#include "engine/compare/simulation.h"

#include <gtest/gtest.h>

#include <vector>

namespace sojourn::tests {
namespace {

using engine::Ending;
using engine::Luck;
using engine::Simulation;
using engine::StuckAgent;
using engine::Tallies;
using engine::Visit;

/// Agents go 0, 1, exit. What happens depends on the number of the agent, which its luck carries.
struct Script {
  struct State {
    std::uint32_t node = 0;
    std::uint32_t group = 0;
    std::int64_t elapsed_ms = 0;
    std::uint64_t agent = 0;
  };
  std::uint64_t skips_1 = 1000;      // this agent goes from 0 to the exit
  std::uint64_t feels_at_1 = 1000;   // this one measures something at 1
  std::uint64_t scores_more = 1000;  // this one is only scored otherwise in the end
  std::uint64_t moves = 1000;        // this one belongs to the other group
  std::uint64_t stuck = 1000;

  State begin(const Luck& luck) const {
    State state;
    state.agent = luck.agent_low;
    state.group = state.agent == moves ? 1 : 0;
    return state;
  }
  void visit(State& state, const Luck&, Visit& visit) const {
    if (state.agent == stuck) throw engine::NoWayOn{engine::NoWayOn::What::way, state.node};
    visit.node = state.node;
    visit.measures[0] = state.node == 1 && state.agent == feels_at_1 ? 0.5 : 0;
    state.node = state.node == 0 && state.agent != skips_1 ? 1 : 2;
    visit.next = state.node;
    visit.flow = state.node == 1 ? 0 : visit.node == 0 ? 1 : 0;
  }
  void score(const State& state, const Ending& ending, std::span<std::int64_t> scores) const {
    scores[0] = static_cast<std::int64_t>(10 * ending.visits) + (state.agent == scores_more ? 3 : 0);
  }
  std::uint32_t node_count() const { return 2; }
  std::uint32_t visit_limit(const State&) const { return 10; }
  static std::int64_t pair_score(std::uint32_t, std::span<const std::int64_t> base,
                                 std::span<const std::int64_t> scenario) {
    return base[0] * scenario[0];
  }
};

engine::Layout layout() {
  engine::Layout l;
  l.groups = {"g", "h"};
  l.exits = {"out"};
  l.nodes.resize(2);
  l.nodes[0] = {.name = "a", .ways = {}, .marks = {}, .targets = {1, 2}};
  l.nodes[1] = {.name = "b", .ways = {}, .marks = {}, .targets = {2}};
  l.scores = 1;
  l.pair_scores = 1;
  l.histogram_scores = {0};
  l.finish();
  return l;
}

constexpr std::uint64_t kAgents = 10;

Tallies run(const std::vector<Script>& scripts) {
  static const engine::Layout l = layout();
  const auto keys = engine::place_keys({1, 0}, {"a", "b"});
  std::vector<const Script*> cases;
  for (const Script& script : scripts) cases.push_back(&script);
  const Simulation<Script> simulation(l, cases, keys);
  Tallies tallies(l, scripts.size() - 1);
  EXPECT_TRUE(simulation.run({0, kAgents, 1, 0}, {}, tallies));
  return tallies;
}

TEST(Simulation, of_one_case_is_a_plain_run) {
  const Tallies tallies = run({Script{}});
  EXPECT_EQ(tallies.agents, kAgents);
  EXPECT_EQ(tallies.visits, 2 * kAgents);
  EXPECT_TRUE(tallies.pairs.empty());
  EXPECT_EQ(tallies.cases[0].groups()[0].scores[0].sum, 200);
}

TEST(Simulation, of_equal_cases_changes_nobody) {
  const Tallies tallies = run({Script{}, Script{}});
  EXPECT_EQ(tallies.visits, 4 * kAgents);
  const auto& pair = tallies.pairs[0];
  EXPECT_EQ(pair.changed(), 0U);
  EXPECT_EQ(pair.movers_in_base(), nullptr);
  for (const engine::Moments& change : pair.by_first_change()) EXPECT_EQ(change.sum, 0);
  EXPECT_EQ(pair.pair_scores()[0].sum, 4'000);
  EXPECT_EQ(tallies.headline_changes[0], 0);
}

TEST(Simulation, credits_a_change_to_the_first_visit_that_differs) {
  Script scenario;
  scenario.skips_1 = 4;      // parts at 0, whose next differs; 10 less
  scenario.feels_at_1 = 5;   // parts at 1; the score is the same
  scenario.scores_more = 6;  // parts at the end; 3 more
  const Tallies tallies = run({Script{}, scenario});
  const auto& pair = tallies.pairs[0];
  EXPECT_EQ(pair.changed(), 3U);
  ASSERT_EQ(pair.by_first_change().size(), 3U);
  EXPECT_EQ(pair.by_first_change()[0].sum, -10);
  EXPECT_EQ(pair.by_first_change()[1].sum, 0);
  EXPECT_EQ(pair.by_first_change()[2].sum, 3);
  EXPECT_EQ(tallies.headline_changes[0], -7);
  EXPECT_EQ(tallies.headline_products[0].low, 109U);  // 100 + 9
  EXPECT_EQ(pair.pooled().scores[0].low, 8U * 400 + 20 * 10 + 20 * 23);
  EXPECT_EQ(pair.pooled().sites[1].reached_both, 9U);
}

TEST(Simulation, credits_a_longer_journey_to_what_is_added) {
  Script base;
  base.skips_1 = 4;
  const Tallies tallies = run({base, Script{}});
  EXPECT_EQ(tallies.pairs[0].by_first_change()[0].sum, 10);
}

TEST(Simulation, keeps_movers_apart) {
  Script scenario;
  scenario.moves = 7;
  const Tallies tallies = run({Script{}, scenario});
  const auto& pair = tallies.pairs[0];
  EXPECT_EQ(pair.changed(), 1U);
  EXPECT_EQ(pair.groups()[0].agents, kAgents - 1);
  EXPECT_EQ(pair.groups()[1].agents, 0U);
  EXPECT_EQ(pair.groups()[2].agents, 1U);
  ASSERT_NE(pair.movers_in_base(), nullptr);
  EXPECT_EQ(pair.movers_in_base()->groups()[0].agents, 1U);
  EXPECT_EQ(pair.movers_in_scenario()->groups()[1].agents, 1U);
  EXPECT_EQ(pair.pooled().agents, kAgents);
}

TEST(Simulation, crosses_the_sites_of_each_group_base_first) {
  Script scenario;
  scenario.skips_1 = 4;
  const Tallies tallies = run({Script{}, scenario});
  // Every agent is a unit by itself: 10 come to b in the base, 9 in the scenario, 9 in both.
  for (const engine::SiteCross& b : {tallies.pairs[0].groups()[0].sites[1], tallies.pairs[0].pooled().sites[1]}) {
    EXPECT_EQ(b.visits.low, 9U);
    EXPECT_EQ(b.visits_sizes.low, 10U);
    EXPECT_EQ(b.sizes_visits.low, 9U);
  }
}

TEST(Simulation, sums_products_of_scenarios) {
  Script first;
  first.skips_1 = 4;
  Script second;
  second.skips_1 = 4;
  second.scores_more = 6;
  const Tallies tallies = run({Script{}, first, second});
  EXPECT_EQ(tallies.headline_products[0 * 2 + 1].low, 100U);  // agent 4 in both; agent 6 in one
  EXPECT_EQ(tallies.headline_products[1 * 2 + 0].low, 100U);
  EXPECT_EQ(tallies.headline_products[1 * 2 + 1].low, 109U);
}

TEST(Simulation, names_the_agent_the_case_and_the_place_where_it_is_stuck) {
  Script scenario;
  scenario.stuck = 8;
  try {
    run({Script{}, scenario});
    FAIL();
  } catch (const StuckAgent& stuck) {
    EXPECT_EQ(stuck.agent, 8U);
    EXPECT_EQ(stuck.case_index, 1U);
    EXPECT_EQ(stuck.where.node, 0U);
    EXPECT_EQ(stuck.where.what, engine::NoWayOn::What::way);
  }
}

/// One node, visited again and again. At visit `odd_at` something else is measured.
struct Long {
  struct State {
    std::uint32_t node = 0;
    std::uint32_t group = 0;
    std::int64_t elapsed_ms = 0;
    std::uint32_t made = 0;
  };
  std::uint32_t length = 10'000;
  std::uint32_t odd_at = 1'000'000'000;

  State begin(const Luck&) const { return {}; }
  void visit(State& state, const Luck&, Visit& visit) const {
    visit.node = 0;
    visit.measures[0] = state.made == odd_at ? 0.5 : 0;
    state.node = ++state.made < length ? 0 : 1;
    visit.next = state.node;
    visit.flow = state.node;
  }
  void score(const State& state, const Ending&, std::span<std::int64_t> scores) const { scores[0] = state.made; }
  std::uint32_t node_count() const { return 1; }
  std::uint32_t visit_limit(const State&) const { return 4'000'000'000; }
  static std::int64_t pair_score(std::uint32_t, std::span<const std::int64_t>, std::span<const std::int64_t>) {
    return 0;
  }
};

engine::Layout long_layout() {
  engine::Layout l;
  l.groups = {"g"};
  l.exits = {"out"};
  l.nodes.resize(1);
  l.nodes[0] = {.name = "a", .ways = {}, .marks = {}, .targets = {0, 1}};
  l.scores = 1;
  l.finish();
  return l;
}

std::uint64_t changed_of(const Long& base, const Long& scenario) {
  const engine::Layout l = long_layout();
  const auto keys = engine::place_keys({1, 0}, {"a"});
  const Simulation<Long> simulation(l, {&base, &scenario}, keys);
  Tallies tallies(l, 1);
  EXPECT_TRUE(simulation.run({0, 2, 1, 0}, {}, tallies));
  return tallies.pairs[0].changed();
}

TEST(Simulation, holds_long_journeys_against_each_other_to_the_end) {
  EXPECT_EQ(changed_of(Long{}, Long{}), 0U);
  for (const std::uint32_t at : {0U, 4'095U, 4'096U, 4'097U, 9'999U}) {
    Long scenario;
    scenario.odd_at = at;
    EXPECT_EQ(changed_of(Long{}, scenario), 2U) << at;
    EXPECT_EQ(changed_of(scenario, Long{}), 2U) << at;
    EXPECT_EQ(changed_of(scenario, scenario), 0U) << at;
  }
  Long longer;
  longer.length = 10'001;
  EXPECT_EQ(changed_of(Long{}, longer), 2U);
  EXPECT_EQ(changed_of(longer, Long{}), 2U);
}

TEST(Simulation, hears_a_stop_within_a_journey) {
  Long endless;
  endless.length = 4'000'000'000;
  const engine::Layout l = long_layout();
  const auto keys = engine::place_keys({1, 0}, {"a"});
  const Simulation<Long> simulation(l, {&endless}, keys);
  Tallies tallies(l, 0);
  int asked = 0;
  EXPECT_FALSE(simulation.run(
      {0, 1, 1, 0}, [&](std::uint64_t) { return ++asked < 3; }, tallies));
  EXPECT_EQ(asked, 3);
  EXPECT_EQ(tallies.agents, 0U);
}

}  // namespace
}  // namespace sojourn::tests
