#pragma once
// Units that wait for somebody to work on them.

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>

namespace sojourn::tools {

class UnitQueue {
 public:
  void add(std::uint64_t unit);
  /// No more will be added.
  void close();
  /// Nobody gets any more of it.
  void clear_and_close();
  /// Waits for one; nothing at the end.
  std::optional<std::uint64_t> take();
  /// Nothing where there is none now.
  std::optional<std::uint64_t> try_take();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::uint64_t> units_;
  bool closed_ = false;
};

}  // namespace sojourn::tools
