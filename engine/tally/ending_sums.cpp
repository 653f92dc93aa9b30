#include "engine/tally/ending_sums.h"

#include <algorithm>

namespace sojourn::engine {

EndingSums::EndingSums(const Layout& layout)
    : layout_(&layout), sums_(in_eights(layout.scores), 0), squares_(1, layout.scores), controls_(layout) {}

void EndingSums::add(const Ending& ending, const std::int64_t* scores, GroupTally& to) {
  if (count_ == ProductSums::kMost) move_to(to);
  ++count_;
  ++to.agents;
  if (are_narrow(scores, sums_.size())) {
    add_row(scores, sums_.size(), sums_.data());
    squares_.add(scores, scores);
  } else {
    for (std::size_t i = 0; i < to.scores.size(); ++i) to.scores[i].add(scores[i]);
  }
  for (std::size_t i = 0; i < to.histograms.size(); ++i) to.histograms[i].add(scores[layout_->histogram_scores[i]]);
  if (controls_.is_empty()) return;
  const std::span<const std::int64_t> row(scores, layout_->scores);
  for (std::size_t i = 0; i < layout_->controls.size(); ++i) {
    controls_.x()[i] = control_value(layout_->controls[i], ending, row);
  }
  for (std::size_t i = 0; i < layout_->controlled.size(); ++i) controls_.y()[i] = row[layout_->controlled[i]];
  controls_.add(to.controls);
}

void EndingSums::move_to(GroupTally& to) {
  if (count_ == 0) return;
  for (std::size_t i = 0; i < to.scores.size(); ++i) {
    to.scores[i].sum += sums_[i];
    to.scores[i].squares.add(squares_.sum(0, i));
  }
  std::ranges::fill(sums_, 0);
  squares_.clear();
  if (!controls_.is_empty()) controls_.move_to(to.controls);
  count_ = 0;
}

}  // namespace sojourn::engine
