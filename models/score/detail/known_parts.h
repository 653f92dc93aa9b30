#pragma once
// The parts of a population whose sizes are known, with what their agents came to and what is known of them beforehand.

#include "models/score/experiment.h"

#include <cstdint>
#include <vector>

namespace sojourn::models::detail {

struct Part {
  static constexpr std::uint32_t nobody = ~std::uint32_t{0};
  std::uint32_t persona = nobody;  // or several
  std::uint64_t agents = 0;
  double share = 0;              // exact
  std::vector<double> expected;  // [control]; NaN where it is not known
  engine::ControlSums sums;      // of controls, and with controlled scores; of a difference, those of the difference
  std::vector<engine::Moments> scores;          // [score], or their differences
  std::vector<engine::Moments> first_change;    // of a difference: [node], then the end
  std::vector<engine::WideSum> first_change_x;  // [node][control]
};

/// The personas of case i that somebody is of, in id order: file order must not show in the last bit.
std::vector<Part> parts_of_case(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i);

/// The same of the base and scenario i (counted from 0), of agents that are of one persona in both; then the agents that
/// are not, if shares differ.
std::vector<Part> parts_of_pair(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i);

/// True if scenario i gives every agent the persona that it has in the base.
bool nobody_moves(const Experiment& experiment, std::size_t i);

/// Parts of which fewer than 20 of `agents` are to be expected joined to the largest one: their own means would be too unsure, and
/// a part without agents has none. Empty if even then a part has fewer than 2 agents.
std::vector<Part> merged(std::vector<Part> parts, std::uint64_t agents);

}  // namespace sojourn::models::detail
