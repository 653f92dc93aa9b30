#pragma once
// Where a scenario differs from the base, as far as an agent's visits can show it (models/crowd/crowd.h).

#include "models/behaviour/tables.h"

#include <cstdint>
#include <vector>

namespace sojourn::models {

/// Two cases of one layout. An agent's journeys are alike until a place that differs; what else differs is not `visible` at
/// a visit, or not at the visit that it begins with.
struct CrowdDifferences {
  CrowdDifferences(const JourneyTables& base, const JourneyTables& scenario);

  static constexpr std::uint32_t kNoWay = ~std::uint32_t{0};

  bool visible = true;
  std::vector<std::uint8_t> expectation;         // [group] what agents begin with
  std::vector<std::vector<std::uint8_t>> picks;  // [group][node] which way is picked
  // [group][way of the base]: the scenario's way of that name; and whether a visit in it may differ.
  std::vector<std::vector<std::uint32_t>> way_there;
  std::vector<std::vector<std::uint8_t>> ways;
};

}  // namespace sojourn::models
