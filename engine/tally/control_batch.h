#pragma once
// Control sums of a few agents, before they are moved to those of all.

#include "engine/tally/control_sums.h"
#include "engine/tally/product_sums.h"

#include <vector>

namespace sojourn::engine {

class ControlBatch {
 public:
  explicit ControlBatch(const Layout& layout);
  bool is_empty() const { return row_.empty(); }  // nothing is controlled
  /// The present agent's controls, and behind them its controlled scores, to be filled in before add().
  std::int64_t* x() { return row_.data(); }
  std::int64_t* y() { return row_.data() + controls_; }
  /// The present agent; `to` takes what is too large to wait. At most ProductSums::kMost before move_to().
  void add(ControlSums& to);
  void move_to(ControlSums& to);

 private:
  std::size_t controls_, controlled_;
  std::vector<std::int64_t> row_, sums_;
  ProductSums products_;  // [control][control or controlled score]
};

}  // namespace sojourn::engine
