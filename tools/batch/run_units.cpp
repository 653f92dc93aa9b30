#include "tools/batch/run_units.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace sojourn::tools {
namespace {

class Crew {
 public:
  Crew(const UnitWork& work, UnitQueue& queue) : work_(work), queue_(queue) {}

  bool run() {
    std::vector<std::jthread> threads;
    try {
      for (int i = 0; i < work_.workers; ++i) {
        ++working_;
        threads.emplace_back([&] { work(); });
      }
      watch();
    } catch (...) {
      stop();
      throw;  // after the threads have ended
    }
    threads.clear();
    if (failure_) std::rethrow_exception(failure_);
    return !stopped_;
  }

 private:
  void stop() {
    stopped_ = true;
    queue_.clear_and_close();
  }

  void watch() {
    std::unique_lock lock(mutex_);
    while (working_ > 0 || (!stopped_ && work_.more_elsewhere())) {
      ended_.wait_for(lock, std::chrono::milliseconds(work_.look_every_ms), [&] { return working_ == 0; });
      lock.unlock();
      if (!stopped_ && !work_.look()) stop();
      if (working_ == 0 && !stopped_ && work_.more_elsewhere())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      lock.lock();
    }
  }

  void work() {
    try {
      const std::unique_ptr<RowMaker> maker = work_.maker();
      while (const auto unit = queue_.take()) {
        if (!work_on(*unit, *maker)) break;
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      stop();
    }
    const std::lock_guard lock(mutex_);
    --working_;
    ended_.notify_one();
  }

  bool work_on(std::uint64_t unit, RowMaker& maker) {
    const IndexRange range = work_.plan.rows_of(unit);
    std::vector<Row> rows;
    for (std::uint64_t row = range.first; row < range.last; ++row) {
      if (stopped_) return false;
      std::optional<Row> made = maker.make(row, [&] { return !stopped_; });
      if (!made) return false;
      rows.push_back(std::move(*made));
    }
    work_.done(unit, rows);
    return true;
  }

  const UnitWork& work_;
  UnitQueue& queue_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::atomic<int> working_ = 0;
  std::atomic<bool> stopped_ = false;
  std::exception_ptr failure_;
};

}  // namespace

bool run_units(const UnitWork& work, UnitQueue& queue) { return Crew(work, queue).run(); }

}  // namespace sojourn::tools
