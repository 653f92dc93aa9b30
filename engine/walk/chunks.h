#pragma once
// The parallel loop over agents. Agents are cut into chunks of a fixed size; which thread takes which chunk, and when,
// is nobody's business, because tallies add exactly.

#include <cstdint>
#include <functional>

namespace sojourn::engine {

inline constexpr std::uint64_t kChunkAgents = 1024;

struct ChunkRange {
  std::uint64_t first_agent;
  std::uint64_t last_agent;  // one past the last
};

struct ParallelPlan {
  std::uint64_t first_agent = 0;
  std::uint64_t last_agent = 0;  // one past the last
  int threads = 0;               // 0: all
  std::uint64_t shuffle = 0;     // not 0: chunks are taken in an order shuffled by this number (for tests of the law
                                 // that the order does not matter)
  std::uint64_t chunk = kChunkAgents;  // agents that are taken at once; 1 where each is much work
};

/// Called between chunks with the number of agents done; returning false stops early. May be called from any thread.
using Progress = std::function<bool(std::uint64_t agents_done)>;

/// Runs `body(worker, chunk)` for all chunks, worker < worker_count(plan) naming a slot that only one thread uses at a
/// time. An exception from a body stops the loop and is rethrown: the one of the earliest chunk among those that threw
/// and all chunks before it have been run. Returns false if `progress` stopped it.
bool for_each_chunk(const ParallelPlan& plan, const Progress& progress,
                    const std::function<void(int worker, ChunkRange chunk)>& body);

int worker_count(const ParallelPlan& plan);

}  // namespace sojourn::engine
