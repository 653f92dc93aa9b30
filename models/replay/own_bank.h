#pragma once
// Respondents' own paths as a bank of journeys: what they rated is known, what they did not say is drawn.

#include "models/replay/bank.h"
#include "models/replay/own_paths.h"

#include <span>

namespace sojourn::models {

/// kBankBatches journeys of each path, whose answers are given at sites 0, 1, ... in the order of the paths. Touchpoints of paths and personas are
/// nodes and groups of `tables` (`node_of`, `group_of` [index of the file]). A rated stop has the rating as its performance, whatever way it was
/// made; at another one way, experience, pains and goals are drawn under the tables' numbers. First expectations are spread evenly over the path's
/// journeys. Nobody gives up, and pains of the clock do not occur: paths have no times. A persona that is not said is drawn by the shares.
Bank own_bank(const JourneyTables& tables, std::span<const OwnPath> paths, std::span<const std::uint32_t> node_of,
              std::span<const std::uint32_t> group_of, std::uint64_t seed);

/// Mean place of each touchpoint among the first visits of a bank's journeys: [persona][touchpoint] as own_paths wants them.
UsualOrder usual_order(const Bank& bank, std::span<const std::uint32_t> node_of,
                       std::span<const std::uint32_t> group_of);

}  // namespace sojourn::models
