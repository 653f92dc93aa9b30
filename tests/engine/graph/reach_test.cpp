#include "engine/graph/reach.h"

#include <gtest/gtest.h>

namespace sojourn::engine {
namespace {

TEST(Reach, follows_links_from_every_start) {
  // 0 -> 1 -> exit 5, 2 -> 1, 3 alone, 4 -> 4
  Network network{.nodes = 5, .exits = 2, .links = {{0, 1}, {1, 5}, {2, 1}, {4, 4}}, .start = {{0, 1}, {4, 0.5}}};
  EXPECT_EQ(reached(network), (std::vector<bool>{true, true, false, false, true, true, false}));
}

TEST(Reach, a_start_may_be_an_exit) {
  const Network network{.nodes = 1, .exits = 2, .links = {{0, 1}}, .start = {{2, 1}}};
  EXPECT_EQ(reached(network), (std::vector<bool>{false, false, true}));
}

TEST(Reach, can_exit_looks_backwards_from_all_exits) {
  const Network network{
      .nodes = 5, .exits = 2, .links = {{0, 1}, {1, 5}, {2, 6}, {3, 4}, {4, 3}, {0, 3}}, .start = {{0, 1}}};
  EXPECT_EQ(can_exit(network), (std::vector<bool>{true, true, true, false, false}));
}

TEST(Reach, nothing_is_reached_in_an_empty_network) {
  EXPECT_TRUE(reached(Network{}).empty());
  EXPECT_TRUE(can_exit(Network{}).empty());
}

}  // namespace
}  // namespace sojourn::engine
