#pragma once
// One job at a time. Whoever drags a slider is served first: older looks of the same page are dropped, and long work steps aside.

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
    look,     // dropped when the same page asks for another
    patient,  // dropped when any page asks for a look, or the same page for another of the kind
    brief     // never dropped: too short to be
  };
  /// Whether to go on.
  using Wanted = std::function<bool()>;

  /// Runs `work` when no other job runs. False where it was dropped before it began; `work` sees by `wanted` that it was later.
  bool run(Kind kind, const std::string& page, const std::function<void(const Wanted& wanted)>& work);

  /// Drops all jobs, now and from now on.
  void stop() { stopped_ = true; }

 private:
  std::mutex one_at_a_time_;
  std::mutex guard_;
  std::map<std::string, std::uint64_t> newest_;  // by page and kind
  std::atomic<int> looks_waiting_{0};
  std::atomic<bool> stopped_{false};
};

}  // namespace sojourn::tools
