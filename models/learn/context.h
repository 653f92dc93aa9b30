#pragma once
// The last few activities of a case, as one number.

#include "models/learn/traces.h"

#include <array>
#include <compare>
#include <cstdint>

namespace sojourn::models {

inline constexpr unsigned kDeepest = 3;  // steps that are remembered at most

/// Up to three symbols, the latest last. The start of a case is a symbol too: one behind the last of the alphabet.
class Context {
 public:
  Context() = default;

  unsigned depth() const { return depth_; }
  /// back(0) is the latest.
  Symbol back(unsigned i) const { return latest_[i]; }

  /// With one more at the end; the oldest is forgotten beyond three.
  Context then(Symbol symbol) const {
    Context longer;
    longer.depth_ = depth_ < kDeepest ? depth_ + 1 : kDeepest;
    longer.latest_[0] = symbol;
    for (unsigned i = 1; i < longer.depth_; ++i) longer.latest_[i] = latest_[i - 1];
    return longer;
  }
  /// The latest `depth` of them.
  Context suffix(unsigned depth) const {
    Context shorter;
    shorter.depth_ = depth < depth_ ? depth : depth_;
    for (unsigned i = 0; i < shorter.depth_; ++i) shorter.latest_[i] = latest_[i];
    return shorter;
  }
  /// Without the latest.
  Context prefix() const {
    Context earlier;
    earlier.depth_ = depth_ - 1;
    for (unsigned i = 0; i < earlier.depth_; ++i) earlier.latest_[i] = latest_[i + 1];
    return earlier;
  }

  friend bool operator==(const Context&, const Context&) = default;
  friend auto operator<=>(const Context&, const Context&) = default;

 private:
  unsigned depth_ = 0;
  std::array<Symbol, kDeepest> latest_{};
};

}  // namespace sojourn::models
