#pragma once
// Sums over finished journeys of what is made of their overall satisfaction S.

#include "models/behaviour/tables.h"
#include "models/exact/detail/law.h"
#include "models/exact/detail/piecewise.h"

#include <array>

namespace sojourn::models::exact {

struct FinalScores {
  double share = 0;  // of agents that are counted
  double satisfaction = 0, square = 0;
  double satisfied = 0, nearly_satisfied = 0;  // S >= 7 whatever rounding does, and S within 1e-9 of 7
  std::array<double, 10> at_most{};            // P(Y <= k)

  /// A journey that ends with S for certain.
  void add(const ResponseTable& response, double probability, double overall);
  /// Journeys whose S runs linearly from `from` to `to` while X runs from `low` to `high`, weighed by X's law.
  void add_linear(const ResponseTable& response, double probability, const Law& law, double low, double high,
                  double from, double to);
};

/// A journey up to its last visit, whose drawn performance makes m by `satisfaction`.
struct LastVisit {
  Memory memory;          // before
  double importance = 1;  // of the touchpoint
  double deductions = 0;  // goals missed, pains open, effort
  Piecewise satisfaction;
};

/// All that the drawn performance can make of it; S is linear between the points where a clamp, the expectation or the
/// peak changes hands.
void add_last_visit(const PersonaTables& persona, double probability, const LastVisit& visit, const Law& law,
                    FinalScores& scores);

}  // namespace sojourn::models::exact
