// A million nodes in a row and a million links from one node: in seconds, and without using up the stack.

#include "engine/graph/components.h"
#include "engine/graph/paths.h"
#include "engine/graph/reach.h"
#include "engine/graph/traps.h"
#include "engine/solve/expected_length.h"

#include <gtest/gtest.h>

namespace sojourn::engine {
namespace {

constexpr std::uint32_t million = 1'000'000;

/// 0 -> 1 -> ... -> the last one, which leads to `end`.
Network chain(std::uint32_t end) {
  Network network{.nodes = million, .exits = 1, .links = {}, .start = {{0, 1}}};
  for (std::uint32_t i = 0; i + 1 < million; ++i) network.links.push_back({i, i + 1});
  network.links.push_back({million - 1, end});
  return network;
}

/// 0 leads to all others and out; they lead back.
Network hub() {
  Network network{.nodes = million, .exits = 1, .links = {{0, million}}, .start = {{0, 1}}};
  for (std::uint32_t i = 1; i < million; ++i) {
    network.links.push_back({0, i});
    network.links.push_back({i, 0});
  }
  return network;
}

TEST(LargeGraph, a_chain) {
  const Network network = chain(million);
  EXPECT_EQ(reached(network), std::vector<bool>(million + 1, true));
  EXPECT_EQ(can_exit(network), std::vector<bool>(million, true));
  EXPECT_EQ(Components(network).count(), million);
  EXPECT_TRUE(traps(network).empty());
  EXPECT_EQ(LikeliestPaths(network).to(million).size(), million + 1);
  EXPECT_EQ(expected_visits(network).total(), million);
}

TEST(LargeGraph, a_chain_into_a_trap) {
  const Network network = chain(million - 1);
  EXPECT_EQ(traps(network), (std::vector<Trap>{{million - 1}}));
  EXPECT_EQ(can_exit(network), std::vector<bool>(million, false));
}

TEST(LargeGraph, a_ring) {
  const Network network = chain(0);
  EXPECT_EQ(Components(network).count(), 1U);
  ASSERT_EQ(traps(network).size(), 1U);
  EXPECT_EQ(traps(network).front().size(), million);
}

TEST(LargeGraph, a_hub) {
  const Network network = hub();
  EXPECT_EQ(Components(network).count(), 1U);
  EXPECT_TRUE(traps(network).empty());
  EXPECT_EQ(LikeliestPaths(network).to(million - 1), (std::vector<std::uint32_t>{0, million - 1}));
  // The hub is left for good with 1 in a million: visited a million times, and once less for each way back.
  EXPECT_NEAR(expected_visits(network).total(), 1'999'999.0, 1e-3);
}

}  // namespace
}  // namespace sojourn::engine
