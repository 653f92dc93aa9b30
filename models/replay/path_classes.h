#pragma once
// Paths that are told apart where answers are given, so that respondents whose path is known are held against those who took it.

#include "models/replay/bank.h"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace sojourn::models {

/// The touchpoints of a path in order, visits that were given up among them.
using VisitedNodes = std::vector<std::uint32_t>;

/// Each touchpoint of a path once, in the order of numbers.
VisitedNodes met_on(std::span<const std::uint32_t> path);

/// At one place where answers are given. Class 0: every other path.
struct PathClasses {
  std::map<VisitedNodes, std::uint32_t> paths;  // the same touchpoints in the same order
  std::map<VisitedNodes, std::uint32_t>
      met;                  // the same touchpoints in any order, as often as may be: of paths that have no class
  std::uint32_t count = 1;  // with class 0

  std::uint32_t of(std::span<const std::uint32_t> path) const;
};

/// [node], then the end of the journey.
using PathPlaces = std::vector<PathClasses>;

/// Writes down each journey's class at its end, and at its visits those of its path so far.
void tell_apart(Bank& bank, const PathPlaces& places);

}  // namespace sojourn::models
