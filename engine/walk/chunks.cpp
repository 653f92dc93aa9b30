#include "engine/walk/chunks.h"

#include "engine/base/contract.h"
#include "engine/random/luck.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <numeric>
#include <vector>

namespace sojourn::engine {
namespace {

/// Order in which chunks are taken: as they come, or shuffled by keyed draws (Fisher & Yates 1938).
std::vector<std::uint64_t> shuffled_order(std::uint64_t chunks, std::uint64_t by) {
  std::vector<std::uint64_t> order(chunks);
  std::iota(order.begin(), order.end(), std::uint64_t{0});
  const PlaceKey key = place_key(by, "chunk order");
  for (std::uint64_t i = chunks; i > 1; --i) {
    const double u = uniform(luck_of(key, i, 0, 0).block(0)[0]);
    std::swap(order[i - 1], order[static_cast<std::uint64_t>(u * static_cast<double>(i))]);
  }
  return order;
}

/// What TBB copies about and hands to its workers: two pointers. TBB is not built for the thread sanitizer, which cannot see
/// that this hand-over is in order, so the copy is read unwatched. Everything behind it is watched: it is published
/// through `gate`, before and after.
template <class Work>
class Gated {
 public:
  Gated(std::atomic<std::uint64_t>& gate, const Work& work) : gate_(&gate), work_(&work) {}
  __attribute__((no_sanitize("thread"))) void operator()(int worker) const { run(*gate_, *work_, worker); }

 private:
  static void run(std::atomic<std::uint64_t>& gate, const Work& work, int worker) {
    gate.load(std::memory_order_acquire);
    work(worker);
    gate.fetch_add(1, std::memory_order_release);
  }
  std::atomic<std::uint64_t>* gate_;
  const Work* work_;
};

}  // namespace

int worker_count(const ParallelPlan& plan) {
  return plan.threads > 0 ? plan.threads : std::max(1, tbb::info::default_concurrency());
}

bool for_each_chunk(const ParallelPlan& plan, const Progress& progress,
                    const std::function<void(int worker, ChunkRange chunk)>& body) {
  SOJOURN_EXPECT(plan.first_agent <= plan.last_agent && plan.last_agent <= kAgentLimit, "agents have 40 bits");
  const std::uint64_t agents = plan.last_agent - plan.first_agent;
  SOJOURN_EXPECT(plan.chunk > 0, "a chunk is not empty");
  const std::uint64_t chunks = (agents + plan.chunk - 1) / plan.chunk;
  const auto order = plan.shuffle != 0 ? shuffled_order(chunks, plan.shuffle) : std::vector<std::uint64_t>{};

  std::atomic<std::uint64_t> next{0};
  std::atomic<std::uint64_t> done{0};
  std::atomic<bool> stopped{false};
  std::atomic<std::uint64_t> failed_chunk{chunks};  // the earliest chunk that threw so far
  std::mutex mutex;
  std::exception_ptr failure;

  const auto work = [&](int worker) {
    for (std::uint64_t taken = next++; taken < chunks && !stopped; taken = next++) {
      const std::uint64_t chunk = order.empty() ? taken : order[taken];
      if (chunk > failed_chunk) continue;  // the error to report can only come from an earlier one
      const std::uint64_t first = plan.first_agent + chunk * plan.chunk;
      const std::uint64_t last = std::min(first + plan.chunk, plan.last_agent);
      try {
        body(worker, {first, last});
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (chunk < failed_chunk) {
          failed_chunk = chunk;
          failure = std::current_exception();
        }
        continue;
      }
      if (progress && !progress(done += last - first)) stopped = true;
    }
  };

  const auto workers =
      static_cast<int>(std::min<std::uint64_t>(static_cast<std::uint64_t>(worker_count(plan)), chunks));
  if (workers <= 1) {
    work(0);
  } else {
    // Without it TBB gives no more threads than cores, and says so on the error output.
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(workers));
    tbb::task_arena arena(workers);
    std::atomic<std::uint64_t> gate;
    gate.store(0, std::memory_order_release);
    arena.execute([&] { tbb::parallel_for(0, workers, Gated(gate, work), tbb::simple_partitioner()); });
    gate.load(std::memory_order_acquire);
  }
  if (failure) std::rethrow_exception(failure);
  return !stopped;
}

}  // namespace sojourn::engine
