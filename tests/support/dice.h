#pragma once
// Decisions of a generator of random things. They come from a tape of numbers, which rapidcheck makes and shortens; past
// its end, and wherever it holds 0, every decision is the simplest one. So a failing case shrinks to a simple case.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sojourn::tests {

class Dice {
 public:
  explicit Dice(std::vector<std::uint32_t> tape) : tape_(std::move(tape)) {}

  /// 0..n-1; 0 is the simplest.
  std::size_t below(std::size_t n) { return n == 0 ? 0 : next() % n; }
  /// True in `percent` of 100 cases; false is the simplest.
  bool chance(std::uint32_t percent) { return next() % 100 + percent >= 100; }
  /// One of them; the first is the simplest.
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }
  std::string one_of(std::initializer_list<const char*> from) { return *(from.begin() + below(from.size())); }
  /// Some of them, in an order of their own.
  template <class T>
  std::vector<T> some(std::vector<T> from, std::size_t least, std::size_t most) {
    std::vector<T> chosen;
    const std::size_t count = least + below(most - least + 1);
    while (chosen.size() < count && !from.empty()) {
      const std::size_t i = below(from.size());
      chosen.push_back(from[i]);
      from.erase(from.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return chosen;
  }

 private:
  std::uint32_t next() { return at_ < tape_.size() ? tape_[at_++] : 0; }

  std::vector<std::uint32_t> tape_;
  std::size_t at_ = 0;
};

}  // namespace sojourn::tests
