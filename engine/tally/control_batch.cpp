#include "engine/tally/control_batch.h"

#include <algorithm>

namespace sojourn::engine {

ControlBatch::ControlBatch(const Layout& layout)
    : controls_(layout.controlled.empty() ? 0 : layout.controls.size()),
      controlled_(layout.controlled.size()),
      row_(in_eights(controls_ + controlled_), 0),
      sums_(row_.size(), 0),
      products_(controls_, controls_ + controlled_) {}

void ControlBatch::add(ControlSums& to) {
  if (!are_narrow(row_.data(), row_.size())) {
    to.add(std::span(row_).first(controls_), std::span(row_).subspan(controls_, controlled_));
    return;
  }
  add_row(row_.data(), row_.size(), sums_.data());
  products_.add_outer(row_.data(), row_.data());
}

void ControlBatch::move_to(ControlSums& to) {
  to.add(std::span(sums_).first(controls_), products_);
  std::ranges::fill(sums_, 0);
  products_.clear();
}

}  // namespace sojourn::engine
