#pragma once
// Where a touchpoint's visits come from and where they go, as an equation that can be followed by hand.

#include "models/behaviour/tables.h"
#include "models/score/result.h"

#include <string>
#include <vector>

namespace sojourn::models {

/// A touchpoint or outcome at the other end of a flow.
struct ExplainedFlow {
  std::uint32_t end = 0;       // touchpoint, or touchpoints + outcome
  double visits = kNone;       // to the touchpoint that it comes from, per journey
  double probability = kNone;  // that such a visit leads on to the other end
  double agents = kNone;       // visits x probability, per journey
};

/// Equation (17): visits = start + sum over `from` of visits x probability - cut_off. What has no exact answer is kNone.
struct ExplainedVisits {
  std::vector<std::string> personas;  // ids of those whose equations are the same
  double visits = kNone;
  double start = 0;         // share of agents that begin here
  double cut_off = kNone;   // that would have come, had the visit limit not been reached
  double given_up = kNone;  // share of the visits
  std::vector<ExplainedFlow> from, to;
};

/// `touchpoint` is an index into the names.
std::vector<ExplainedVisits> explain(const Figures& figures, const Names& names, const JourneyTables& tables,
                                     std::uint32_t touchpoint);

}  // namespace sojourn::models
