#pragma once
// Whoever drags a slider is served first: older looks of the same page are dropped, and long work steps aside. One short job at a time,
// and one long one beside it, because exact solving cannot be stopped in the middle and a hand does not wait for it.

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace sojourn::tools {

class Jobs {
 public:
  enum class Kind {
    look,     // short; dropped when the same page asks for another look
    sharper,  // long; dropped when the same page asks for another look
    patient,  // long; dropped when any page asks for a look, or the same page for another of the kind
    brief     // short; never dropped
  };
  /// Whether to go on.
  using Wanted = std::function<bool()>;

  /// Runs `work` when no other job of its length runs. False where it was dropped before it began; `work` sees by `wanted` that it was later.
  bool run(Kind kind, const std::string& page, const std::function<void(const Wanted& wanted)>& work);

  /// Drops all jobs, now and from now on.
  void stop() { stopped_ = true; }

 private:
  std::mutex short_;  // one at a time
  std::mutex long_;
  std::mutex guard_;
  std::map<std::string, std::uint64_t> newest_;  // by page and kind
  std::atomic<int> looks_waiting_{0};
  std::atomic<bool> stopped_{false};
};

}  // namespace sojourn::tools
