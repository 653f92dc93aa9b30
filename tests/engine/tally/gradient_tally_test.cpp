#include "engine/tally/gradient_tally.h"

#include <gtest/gtest.h>

namespace sojourn::engine {
namespace {

TEST(GradientTally, sums_what_agents_touched_chunk_by_chunk) {
  AgentRows<2> agent(4);
  ChunkGradient<2> chunk(4);
  GradientTally<2> tally(4);
  agent[3][0] += 2;
  agent[3][0] += 1;  // one agent's contributions are one number before they are squared
  agent[1][1] = -4;
  chunk.add(agent);
  agent.clear();
  EXPECT_TRUE(agent.touched().empty());
  agent[3][0] = 5;
  chunk.add(agent);
  tally.add(chunk.take());
  agent.clear();
  agent[0][0] = 1;
  chunk.add(agent);
  const ChunkRows<2> second = chunk.take();
  ASSERT_EQ(second.size(), 1U);  // nothing of the first chunk is left
  tally.add(second);
  EXPECT_EQ(tally.row(3).sum[0], 8);
  EXPECT_EQ(tally.row(3).squares[0], 34);
  EXPECT_EQ(tally.row(1).sum[1], -4);
  EXPECT_EQ(tally.row(1).squares[1], 16);
  EXPECT_EQ(tally.row(0).sum[0], 1);
  EXPECT_EQ(tally.row(2).squares[0], 0);
}

}  // namespace
}  // namespace sojourn::engine
