#pragma once
// Sums that are not exact but must not depend on threads: each chunk is summed by itself, and the chunks' sums are added in
// the chunks' order, whoever made them.

#include "engine/base/contract.h"
#include "engine/walk/chunks.h"

#include <algorithm>
#include <vector>

namespace sojourn::engine {

/// Calls `sum(worker, chunk)` for all chunks of the plan, as for_each_chunk does, and hands what it returns to
/// `merge(result)` in the order of the chunks. Results wait in waves of 256 chunks, so that they need not all be held at once.
/// Returns false if `progress` stopped it.
template <class Result, class SumChunk, class Merge>
bool for_each_chunk_in_order(const ParallelPlan& plan, const Progress& progress, SumChunk&& sum, Merge&& merge) {
  constexpr std::uint64_t kWave = 256 * kChunkAgents;
  for (std::uint64_t first = plan.first_agent; first < plan.last_agent; first += kWave) {
    ParallelPlan wave = plan;
    wave.first_agent = first;
    wave.last_agent = std::min(plan.last_agent, first + kWave);
    std::vector<Result> results((wave.last_agent - first + kChunkAgents - 1) / kChunkAgents);
    const auto done_before = first - plan.first_agent;
    const auto counted = [&](std::uint64_t done) { return progress(done_before + done); };
    const bool finished =
        for_each_chunk(wave, progress ? Progress(counted) : Progress(), [&](int worker, ChunkRange chunk) {
          results[(chunk.first_agent - first) / kChunkAgents] = sum(worker, chunk);
        });
    if (!finished) return false;
    for (const Result& result : results) merge(result);
  }
  return true;
}

}  // namespace sojourn::engine
