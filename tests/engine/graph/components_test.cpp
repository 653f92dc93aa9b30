#include "engine/graph/components.h"

#include <gtest/gtest.h>

namespace sojourn::engine {
namespace {

std::vector<std::uint32_t> nodes_of(const Components& components, std::uint32_t component) {
  const auto nodes = components.nodes(component);
  return {nodes.begin(), nodes.end()};
}

TEST(Components, are_those_that_reach_each_other) {
  // 0 <-> 2 -> 1 <-> 3 -> 4, 4 -> exit
  const Network network{
      .nodes = 5, .exits = 1, .links = {{2, 0}, {0, 2}, {2, 1}, {1, 3}, {3, 1}, {3, 4}, {4, 5}}, .start = {{0, 1}}};
  const Components components(network);
  ASSERT_EQ(components.count(), 3U);
  EXPECT_EQ(nodes_of(components, 0), (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(nodes_of(components, 1), (std::vector<std::uint32_t>{1, 3}));
  EXPECT_EQ(nodes_of(components, 2), (std::vector<std::uint32_t>{4}));
  EXPECT_EQ(components.of(3), 1U);
}

TEST(Components, come_in_topological_order) {
  // A random-looking graph on 200 nodes: i -> (7 i + 3) mod 200 and i -> (i*i) mod 200.
  Network network{.nodes = 200, .exits = 0, .links = {}, .start = {}};
  for (std::uint32_t i = 0; i < 200; ++i) {
    network.links.push_back({i, (7 * i + 3) % 200});
    if (i % 3 == 0) network.links.push_back({i, (i * i) % 200});
  }
  const Components components(network);
  for (const Link& link : network.links) EXPECT_LE(components.of(link.from), components.of(link.to));
  std::size_t listed = 0;
  for (std::uint32_t c = 0; c < components.count(); ++c) listed += components.nodes(c).size();
  EXPECT_EQ(listed, 200U);
}

TEST(Components, of_nothing) { EXPECT_EQ(Components(Network{}).count(), 0U); }

}  // namespace
}  // namespace sojourn::engine
