#pragma once
// A number that may have no exact answer, and then says why not.

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

namespace sojourn::models::exact {

/// Sentences that name a mechanism and its place in the file, each once. Several threads may add to them: which number a sentence
/// has says nothing.
class Reasons {
 public:
  std::int32_t add(const std::string& sentence) {
    const std::lock_guard lock(mutex_);
    const auto [found, fresh] = index_.emplace(sentence, static_cast<std::int32_t>(list_.size()));
    if (fresh) list_.push_back(sentence);
    return found->second;
  }
  const std::string& operator[](std::int32_t reason) const {
    const std::lock_guard lock(mutex_);
    return list_[static_cast<std::size_t>(reason)];
  }

 private:
  mutable std::mutex mutex_;
  std::deque<std::string> list_;  // what was given out stays where it is
  std::unordered_map<std::string, std::int32_t> index_;
};

inline constexpr std::int32_t kExact = -1;

struct Known {
  double value = 0;
  std::int32_t why = kExact;  // else a reason, and the value means nothing
  double less = 0;            // it may be less by so much: what lies on a boundary

  bool exact() const { return why == kExact; }

  /// What is not known spoils the sum, unless it does not count in it.
  Known& add(const Known& other, double weight = 1) {
    if (weight == 0) return *this;
    if (exact() && !other.exact()) why = other.why;
    value += weight * other.value;
    less += weight * other.less;
    return *this;
  }
  Known& operator+=(double more) {
    value += more;
    return *this;
  }
  void spoil(std::int32_t reason) {
    if (exact()) why = reason;
  }
};

}  // namespace sojourn::models::exact
