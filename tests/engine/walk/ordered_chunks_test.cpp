#include "engine/walk/ordered_chunks.h"

#include <gtest/gtest.h>

namespace sojourn::engine {
namespace {

TEST(OrderedChunks, merges_in_the_order_of_the_agents_whatever_the_threads_and_waves) {
  for (const int threads : {1, 2, 5}) {
    for (const std::uint64_t shuffle : {0, 3}) {
      const std::uint64_t first = 100;
      const std::uint64_t last = first + 600 * kChunkAgents + 7;  // three waves, the last chunk short
      std::uint64_t next = first;
      const bool finished = for_each_chunk_in_order<ChunkRange>(
          {first, last, threads, shuffle}, {}, [](int, ChunkRange chunk) { return chunk; },
          [&](const ChunkRange& chunk) {
            EXPECT_EQ(chunk.first_agent, next);
            next = chunk.last_agent;
          });
      EXPECT_TRUE(finished);
      EXPECT_EQ(next, last);
    }
  }
}

TEST(OrderedChunks, stops_and_counts_over_the_waves) {
  std::uint64_t most = 0;
  const auto progress = [&](std::uint64_t done) {
    most = std::max(most, done);
    return done < 300 * kChunkAgents;
  };
  const bool finished = for_each_chunk_in_order<int>(
      {0, 1000 * kChunkAgents, 1, 0}, progress, [](int, ChunkRange) { return 1; }, [](int) {});
  EXPECT_FALSE(finished);
  EXPECT_EQ(most, 300 * kChunkAgents);
}

}  // namespace
}  // namespace sojourn::engine
