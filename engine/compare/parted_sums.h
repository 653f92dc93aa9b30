#pragma once
// Pairs of journeys of agents of one group that part, before they are moved to a pair's tally; as EndingSums for single journeys.

#include "engine/tally/control_batch.h"
#include "engine/tally/product_sums.h"

#include <cstdint>
#include <vector>

namespace sojourn::engine {

/// An agent's two journeys. The scores are rows in eights (in_eights()).
struct PartedPair {
  const Ending& base;
  const Ending& scenario;
  std::uint32_t node = 0;  // of the first visit that differs; node_count if all visits are equal and the end is not
  const std::int64_t* base_scores = nullptr;
  const std::int64_t* scenario_scores = nullptr;
};

/// What PairTally::add_parted() leaves here until move_parted().
struct PartedSums {
  explicit PartedSums(const Layout& layout)
      : change(in_eights(layout.scores), 0), products(1, layout.scores), controls(layout) {}
  std::size_t count = 0;             // pairs
  std::vector<std::int64_t> change;  // [score] of the present pair
  ProductSums products;              // [score] the base's times its change
  ControlBatch controls;
};

}  // namespace sojourn::engine
