#include "engine/walk/walk.h"

#include "engine/base/contract.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace sojourn::tests {
namespace {

using engine::Ending;
using engine::Luck;
using engine::Visit;

/// Node 0 leads to 1 and 1 to 0 until `exits` visits are made; exits stand behind the two nodes. Keeps the luck it was given.
struct PingPong {
  struct State {
    std::uint32_t node = 0;
    std::uint32_t group = 3;
    std::int64_t elapsed_ms = 0;
    std::uint32_t made = 0;
  };
  std::uint32_t start = 0;
  std::uint32_t exits = 4;
  std::uint32_t limit = 100;
  mutable std::vector<Luck> lucks{};
  mutable Luck self{};

  State begin(const Luck& luck) const {
    self = luck;
    State state;
    state.node = start;
    return state;
  }
  void visit(State& state, const Luck& luck, Visit& visit) const {
    lucks.push_back(luck);
    if (state.made == 7) throw engine::NoWayOn{engine::NoWayOn::What::edge, state.node};
    visit.node = state.node;
    ++state.made;
    state.elapsed_ms += 5;
    state.node = state.made == exits ? 2 + state.made % 3 : 1 - state.node;
    visit.next = state.node;
  }
  void score(const State& state, const Ending& ending, std::span<std::int64_t> scores) const {
    scores[0] = ending.visits * 100 + ending.exit * 10 + (ending.truncated ? 1 : 0) + state.elapsed_ms * 0;
  }
  std::uint32_t node_count() const { return 2; }
  std::uint32_t visit_limit(const State&) const { return limit; }
};

struct Result {
  Ending ending;
  std::int64_t score = 0;
  std::vector<std::uint32_t> nodes;
};

Result walk(const PingPong& behaviour, std::uint64_t agent = 0x12'3456789a, std::uint32_t replicate = 9) {
  const auto keys = engine::place_keys({5, replicate}, {"ping", "pong"});
  engine::Ordinals ordinals(2);
  Result result;
  result.ending = engine::walk(behaviour, keys, agent, ordinals, std::span(&result.score, 1),
                               [&](const Visit& visit) { result.nodes.push_back(visit.node); });
  return result;
}

TEST(Walk, goes_from_the_start_to_an_exit) {
  const Result result = walk({});
  EXPECT_EQ(result.nodes, (std::vector<std::uint32_t>{0, 1, 0, 1}));
  EXPECT_EQ(result.ending.visits, 4U);
  EXPECT_EQ(result.ending.exit, 3U);
  EXPECT_EQ(result.ending.group, 3U);
  EXPECT_EQ(result.ending.elapsed_ms, 20);
  EXPECT_FALSE(result.ending.truncated);
  EXPECT_EQ(result.score, 430);
}

TEST(Walk, is_truncated_only_if_a_node_would_follow) {
  const Result cut = walk({.limit = 3});
  EXPECT_TRUE(cut.ending.truncated);
  EXPECT_EQ(cut.ending.visits, 3U);
  EXPECT_EQ(cut.ending.exit, 0U);
  const Result just = walk({.limit = 4});
  EXPECT_FALSE(just.ending.truncated);
  EXPECT_EQ(just.ending.visits, 4U);
}

TEST(Walk, may_begin_at_an_exit) {
  const Result result = walk({.start = 2});
  EXPECT_TRUE(result.nodes.empty());
  EXPECT_EQ(result.ending.exit, 2U);
  EXPECT_FALSE(result.ending.truncated);
}

TEST(Walk, addresses_luck_by_place_agent_replicate_and_ordinal) {
  const PingPong behaviour;
  walk(behaviour);
  const std::uint64_t agent = 0x12'3456789a;
  EXPECT_EQ(behaviour.self.block(0), engine::luck_of(engine::place_key(5, ""), agent, 9, 0).block(0));
  ASSERT_EQ(behaviour.lucks.size(), 4U);
  for (std::uint32_t i = 0; i < 4; ++i) {
    const auto key = engine::place_key(5, i % 2 == 0 ? "ping" : "pong");
    EXPECT_EQ(behaviour.lucks[i].block(7), engine::luck_of(key, agent, 9, i / 2).block(7)) << i;
  }
}

TEST(Walk, forgets_the_last_agents_ordinals) {
  const auto keys = engine::place_keys({5, 0}, {"ping", "pong"});
  engine::Ordinals ordinals(2);
  std::int64_t score = 0;
  const PingPong behaviour;
  for (std::uint64_t agent = 0; agent < 3; ++agent)
    engine::walk(behaviour, keys, agent, ordinals, std::span(&score, 1), [](const Visit&) {});
  EXPECT_EQ(behaviour.lucks[8].block(0), engine::luck_of(engine::place_key(5, "ping"), 2, 0, 0).block(0));
}

TEST(Walk, forgets_them_after_an_agent_that_was_stuck) {
  const auto keys = engine::place_keys({5, 0}, {"ping", "pong"});
  engine::Ordinals ordinals(2);
  std::int64_t score = 0;
  const PingPong endless{.exits = 1'000};
  EXPECT_THROW(engine::walk(endless, keys, 0, ordinals, std::span(&score, 1), [](const Visit&) {}), engine::NoWayOn);
  const PingPong behaviour;
  engine::walk(behaviour, keys, 1, ordinals, std::span(&score, 1), [](const Visit&) {});
  EXPECT_EQ(behaviour.lucks[0].block(0), engine::luck_of(engine::place_key(5, "ping"), 1, 0, 0).block(0));
}

TEST(PlaceKeys, refuses_places_that_would_share_their_luck) {
  const auto refusal = [](const std::vector<std::string>& names) -> std::string {
    try {
      engine::place_keys({1, 0}, names);
      return "";
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
  };
  EXPECT_EQ(refusal({"a", "b", "c"}), "");
  EXPECT_EQ(refusal({"a", "b", "a"}),
            "'a' and 'a' have the same random key (their draws would be equal). Rename one of them");
  EXPECT_NE(refusal({"a", ""}), "") << "the empty name is the agent's own place";
}

TEST(PlaceKeys, are_for_replicates_of_24_bits) {
  EXPECT_EQ(engine::place_keys({1, 0xff'ffff}, {"a"}).seed.replicate, 0xff'ffffU);
  EXPECT_THROW(engine::place_keys({1, 0x100'0000}, {"a"}), engine::ContractViolation);
}

TEST(PlaceKeys, are_those_of_seed_1_where_none_is_named) {
  EXPECT_EQ(engine::place_keys({}, {"a"}).nodes, engine::place_keys({1, 0}, {"a"}).nodes);
}

}  // namespace
}  // namespace sojourn::tests
