#include "engine/graph/traps.h"

#include <gtest/gtest.h>

namespace sojourn::engine {
namespace {

TEST(Traps, a_loop_on_itself) {
  const Network network{.nodes = 2, .exits = 1, .links = {{0, 1}, {0, 2}, {1, 1}}, .start = {{0, 1}}};
  EXPECT_EQ(traps(network), (std::vector<Trap>{{1}}));
}

TEST(Traps, two_that_only_lead_to_each_other) {
  const Network network{.nodes = 4, .exits = 1, .links = {{0, 1}, {0, 4}, {1, 3}, {3, 1}, {2, 2}}, .start = {{0, 1}}};
  EXPECT_EQ(traps(network), (std::vector<Trap>{{1, 3}}));  // 2 is not reached
}

TEST(Traps, a_node_without_links) {
  const Network network{.nodes = 2, .exits = 1, .links = {{0, 1}}, .start = {{0, 1}}};
  EXPECT_EQ(traps(network), (std::vector<Trap>{{1}}));
}

TEST(Traps, a_loop_with_an_exit_is_none) {
  const Network network{.nodes = 2, .exits = 1, .links = {{0, 1}, {1, 0}, {1, 2, 1e-300}}, .start = {{0, 1}}};
  EXPECT_TRUE(traps(network).empty());
}

TEST(Traps, several_by_their_smallest_node) {
  const Network network{
      .nodes = 5, .exits = 0, .links = {{0, 4}, {0, 2}, {2, 3}, {3, 2}, {4, 1}, {1, 4}}, .start = {{0, 1}}};
  EXPECT_EQ(traps(network), (std::vector<Trap>{{1, 4}, {2, 3}}));
}

}  // namespace
}  // namespace sojourn::engine
