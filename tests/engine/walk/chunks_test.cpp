#include "engine/walk/chunks.h"

#include "engine/base/contract.h"
#include "engine/random/luck.h"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace sojourn::tests {
namespace {

using engine::ChunkRange;
using engine::for_each_chunk;
using engine::kChunkAgents;
using engine::ParallelPlan;

class Chunks : public ::testing::Test {
 protected:
  // As many threads as asked for, also where there are fewer cores.
  const tbb::global_control more_than_cores{tbb::global_control::max_allowed_parallelism, 8};
};

TEST_F(Chunks, every_agent_is_taken_once) {
  for (const auto& [first, last] : {std::pair<std::uint64_t, std::uint64_t>(0, 10 * kChunkAgents),
                                    {0, 1},
                                    {0, kChunkAgents - 1},
                                    {0, kChunkAgents + 1},
                                    {500, 5'777},
                                    {7, 7}}) {
    for (const int threads : {1, 2, 3, 7}) {
      for (const std::uint64_t shuffle : {0, 1, 99}) {
        std::vector<std::atomic<int>> taken(last + 1);
        EXPECT_TRUE(for_each_chunk({first, last, threads, shuffle}, {}, [&](int, ChunkRange chunk) {
          EXPECT_LE(chunk.last_agent - chunk.first_agent, kChunkAgents);
          for (std::uint64_t agent = chunk.first_agent; agent < chunk.last_agent; ++agent) ++taken[agent];
        }));
        for (std::uint64_t agent = 0; agent <= last; ++agent)
          ASSERT_EQ(taken[agent], agent >= first && agent < last ? 1 : 0) << agent;
      }
    }
  }
}

TEST_F(Chunks, agents_have_40_bits) {
  const std::uint64_t last = engine::kAgentLimit;
  std::uint64_t seen = 0;
  for_each_chunk({last - 3, last, 1, 0}, {}, [&](int, ChunkRange chunk) { seen = chunk.last_agent; });
  EXPECT_EQ(seen, last);
  EXPECT_THROW(for_each_chunk({0, last + 1, 1, 0}, {}, [](int, ChunkRange) {}), engine::ContractViolation);
}

TEST_F(Chunks, a_worker_slot_has_one_thread_at_a_time) {
  std::vector<std::atomic<int>> busy(7);
  std::atomic<int> clashes{0};
  for_each_chunk({0, 300 * kChunkAgents, 7, 0}, {}, [&](int worker, ChunkRange) {
    ASSERT_GE(worker, 0);
    ASSERT_LT(worker, 7);
    if (busy[static_cast<std::size_t>(worker)]++ != 0) ++clashes;
    --busy[static_cast<std::size_t>(worker)];
  });
  EXPECT_EQ(clashes, 0);
}

TEST_F(Chunks, shuffled_order_is_another_order_and_the_same_every_time) {
  const auto order = [](std::uint64_t shuffle) {
    std::vector<std::uint64_t> chunks;
    for_each_chunk({0, 40 * kChunkAgents, 1, shuffle}, {},
                   [&](int, ChunkRange chunk) { chunks.push_back(chunk.first_agent); });
    return chunks;
  };
  const auto as_they_come = order(0);
  EXPECT_TRUE(std::is_sorted(as_they_come.begin(), as_they_come.end()));
  EXPECT_NE(order(1), order(0));
  EXPECT_NE(order(1), order(2));
  EXPECT_EQ(order(1), order(1));
}

TEST_F(Chunks, the_earliest_error_wins_whatever_the_threads) {
  for (const int threads : {1, 2, 3, 7}) {
    for (std::uint64_t shuffle = 0; shuffle < 12; ++shuffle) {
      std::mutex mutex;
      std::set<std::uint64_t> run;
      try {
        for_each_chunk({0, 60 * kChunkAgents, threads, shuffle}, {}, [&](int, ChunkRange chunk) {
          const std::uint64_t number = chunk.first_agent / kChunkAgents;
          {
            const std::lock_guard lock(mutex);
            run.insert(number);
          }
          if (number == 13 || number == 14 || number == 40 || number == 59)
            throw std::runtime_error(std::to_string(number));
        });
        FAIL() << "nothing was thrown";
      } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "13") << threads << " threads, shuffle " << shuffle;
      }
      for (std::uint64_t number = 0; number <= 13; ++number) EXPECT_TRUE(run.contains(number)) << number;
    }
  }
}

TEST_F(Chunks, an_error_of_another_kind_passes_unchanged) {
  struct Odd {
    int number;
  };
  try {
    for_each_chunk({0, 5 * kChunkAgents, 3, 0}, {}, [](int, ChunkRange) { throw Odd{7}; });
    FAIL();
  } catch (const Odd& odd) {
    EXPECT_EQ(odd.number, 7);
  }
}

TEST_F(Chunks, progress_counts_all_agents_and_can_stop) {
  std::atomic<std::uint64_t> most{0};
  const auto remember = [&](std::uint64_t done) {
    std::uint64_t before = most;
    while (done > before && !most.compare_exchange_weak(before, done)) {
    }
    return true;
  };
  EXPECT_TRUE(for_each_chunk({100, 100 + 9 * kChunkAgents + 5, 3, 0}, remember, [](int, ChunkRange) {}));
  EXPECT_EQ(most, 9 * kChunkAgents + 5);

  for (const int threads : {1, 3}) {
    std::atomic<int> chunks{0};
    const auto stop_after_some = [](std::uint64_t done) { return done < 5 * kChunkAgents; };
    EXPECT_FALSE(
        for_each_chunk({0, 1'000 * kChunkAgents, threads, 0}, stop_after_some, [&](int, ChunkRange) { ++chunks; }));
    EXPECT_GE(chunks, 5);
    EXPECT_LT(chunks, 5 + 2 * threads);
  }
}

TEST_F(Chunks, an_error_is_told_even_if_progress_stopped) {
  EXPECT_THROW(for_each_chunk(
                   {0, 4 * kChunkAgents, 1, 0}, [](std::uint64_t) { return false; },
                   [](int, ChunkRange) { throw std::runtime_error("first chunk"); }),
               std::runtime_error);
}

TEST_F(Chunks, all_threads_is_at_least_one) {
  EXPECT_GE(engine::worker_count({}), 1);
  EXPECT_EQ(engine::worker_count({0, 0, 5, 0}), 5);
}

}  // namespace
}  // namespace sojourn::tests
