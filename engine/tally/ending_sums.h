#pragma once
// What agents of one group come to at their ends, before it is moved to a tally. Numbers that are narrow, as nearly all are, are summed
// for all scores side by side; a tally's own sums are wider, and each term of theirs costs as much as many here.

#include "engine/tally/control_batch.h"
#include "engine/tally/product_sums.h"
#include "engine/tally/tally.h"

#include <cstdint>
#include <vector>

namespace sojourn::engine {

class EndingSums {
 public:
  explicit EndingSums(const Layout& layout);
  /// An agent's ending, for the group's tally `to`, which is always the same. `scores` is a row in eights (in_eights()).
  void add(const Ending& ending, const std::int64_t* scores, GroupTally& to);
  /// Moves to it what still waits here.
  void move_to(GroupTally& to);

 private:
  const Layout* layout_;
  std::size_t count_ = 0;           // agents that wait
  std::vector<std::int64_t> sums_;  // [score]
  ProductSums squares_;             // [score]
  ControlBatch controls_;
};

}  // namespace sojourn::engine
