#pragma once
// The expected visits within one strongly connected component.

#include "engine/solve/detail/chances.h"

namespace sojourn::engine::detail {

struct Loop {
  std::vector<double> enter;  // [node] expected arrivals from outside
  std::vector<double> leave;  // [node] chance to go outside
  std::vector<Step> steps;    // among the nodes; from a node to itself is not looked at
};

/// [node] expected visits, or nothing if `steps_left`, which counts down, does not suffice. Chances that leave a node,
/// those to itself included, add up to 1, but only those to elsewhere are used: 1 - q(i,i) is their sum.
std::vector<double> eliminate(Loop loop, std::size_t& steps_left);

}  // namespace sojourn::engine::detail
