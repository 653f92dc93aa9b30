#include "tools/batch/unit_queue.h"

namespace sojourn::tools {

void UnitQueue::add(std::uint64_t unit) {
  const std::lock_guard lock(mutex_);
  if (closed_) return;  // a stop came between
  units_.push_back(unit);
  changed_.notify_one();
}

void UnitQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void UnitQueue::clear_and_close() {
  const std::lock_guard lock(mutex_);
  units_.clear();
  closed_ = true;
  changed_.notify_all();
}

std::optional<std::uint64_t> UnitQueue::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || !units_.empty(); });
  if (units_.empty()) return std::nullopt;
  const std::uint64_t unit = units_.front();
  units_.pop_front();
  return unit;
}

std::optional<std::uint64_t> UnitQueue::try_take() {
  const std::lock_guard lock(mutex_);
  if (units_.empty()) return std::nullopt;
  const std::uint64_t unit = units_.front();
  units_.pop_front();
  return unit;
}

}  // namespace sojourn::tools
