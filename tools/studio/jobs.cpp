#include "tools/studio/jobs.h"

namespace sojourn::tools {

bool Jobs::run(Kind kind, const std::string& page, const std::function<void(const Wanted&)>& work) {
  const std::string key = (kind == Kind::patient ? "patient " : "look ") + page;
  std::uint64_t ticket = 0;
  if (kind != Kind::brief) {
    const std::lock_guard lock(guard_);
    if (newest_.size() > 1000) newest_.clear();  // pages that are long gone
    ticket = ++newest_[key];
  }
  const Wanted wanted = [&] {
    if (stopped_) return false;
    if (kind == Kind::brief) return true;
    if (kind == Kind::patient && looks_waiting_ > 0) return false;
    const std::lock_guard lock(guard_);
    return newest_[key] == ticket;
  };
  struct Waiting {
    std::atomic<int>* count;
    explicit Waiting(std::atomic<int>* of) : count(of) {
      if (count) ++*count;
    }
    ~Waiting() {
      if (count) --*count;
    }
  };
  const Waiting waiting(kind == Kind::look ? &looks_waiting_ : nullptr);
  const bool is_short = kind == Kind::look || kind == Kind::brief;
  const std::lock_guard turn(is_short ? short_ : long_);
  if (!wanted()) return false;
  work(wanted);
  return true;
}

}  // namespace sojourn::tools
