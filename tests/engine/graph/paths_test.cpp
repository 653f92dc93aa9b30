#include "engine/graph/paths.h"

#include <gtest/gtest.h>

namespace sojourn::engine {
namespace {

using Path = std::vector<std::uint32_t>;

TEST(LikeliestPaths, a_likely_detour_beats_an_unlikely_short_cut) {
  // 0 -> 3 with 0.2, 0 -> 1 -> 2 -> 3 with 0.8 * 0.9 * 0.9
  const Network network{.nodes = 4,
                        .exits = 1,
                        .links = {{0, 3, 2}, {0, 1, 8}, {1, 2, 9}, {1, 4, 1}, {2, 3, 9}, {2, 4, 1}, {3, 4, 1}},
                        .start = {{0, 1}}};
  const LikeliestPaths paths(network);
  EXPECT_EQ(paths.to(3), (Path{0, 1, 2, 3}));
  EXPECT_EQ(paths.to(4), (Path{0, 1, 2, 3, 4}));
}

TEST(LikeliestPaths, of_equally_likely_ones_a_short_one) {
  // 0 -> 1 -> 3 and 0 -> 2 -> 4 -> 3, 1/2 each
  const Network network{.nodes = 5, .exits = 0, .links = {{0, 2}, {2, 4}, {4, 3}, {0, 1}, {1, 3}}, .start = {{0, 1}}};
  EXPECT_EQ(LikeliestPaths(network).to(3), (Path{0, 1, 3}));
}

TEST(LikeliestPaths, the_start_is_weighed_too) {
  const Network network{.nodes = 3, .exits = 0, .links = {{0, 2}, {1, 2}}, .start = {{0, 1}, {1, 3}}};
  const LikeliestPaths paths(network);
  EXPECT_EQ(paths.to(2), (Path{1, 2}));
  EXPECT_EQ(paths.to(0), (Path{0}));
}

TEST(LikeliestPaths, nowhere) {
  const Network network{.nodes = 2, .exits = 1, .links = {{1, 2}}, .start = {{0, 1}}};
  const LikeliestPaths paths(network);
  EXPECT_TRUE(paths.to(1).empty());
  EXPECT_TRUE(paths.to(2).empty());
}

TEST(LikeliestPaths, weights_may_be_as_large_and_small_as_doubles_get) {
  const Network network{.nodes = 3,
                        .exits = 1,
                        .links = {{0, 1, 1.5e308}, {0, 2, 1.7e308}, {1, 3, 5e-324}, {2, 3, 1}},
                        .start = {{0, 1}}};
  EXPECT_EQ(LikeliestPaths(network).to(3), (Path{0, 2, 3}));
}

}  // namespace
}  // namespace sojourn::engine
