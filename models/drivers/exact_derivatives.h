#pragma once
// The derivatives that need no simulation: of success, cost and value, where choices do not hang on mood and clock.

#include "models/drivers/origins.h"
#include "models/exact/slopes.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

struct ExactDerivatives {
  std::vector<Worth> levers;  // [lever] per unit, times per millisecond; NaN where there is none
  // [touchpoint], pooled; empty where a persona has too many touchpoints.
  std::vector<double> shapley_success, success_through;
  Worth mean{};         // pooled
  std::string why_not;  // a sentence; then all else is empty
};

/// `origins` of the same case, with `levers` levers.
ExactDerivatives exact_derivatives(const Case& one, const Atlas& atlas, const JourneyTables& tables,
                                   const Origins& origins, std::size_t levers);

}  // namespace sojourn::models
