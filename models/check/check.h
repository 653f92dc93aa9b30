#pragma once
// What is wrong with a journey as a graph, found before anything runs: touchpoints that nobody reaches or nobody leaves,
// conditions that cannot hold, and journeys that are cut before they end.

#include "models/change/views.h"

#include <optional>
#include <string>
#include <vector>

namespace sojourn::models {

/// How long one persona's journeys are, by the exact absorbing chain, without the cut at limits.visits.
struct ExpectedLength {
  std::string persona;
  std::optional<double> visits;  // per journey; infinity where an outcome is not surely reached
  std::string why_not;           // where it is not known: "the mood steers where agents go from 'wish'"
};

/// Looks at every view of a case as the personas with a share above 0 travel it, and reports
///   errors: a reached touchpoint without a channel that the persona uses; a reached touchpoint where no edge is open; reached
///     touchpoints from which no outcome can be reached (the cut at limits.visits is no way out; giving up is one for
///     personas whose patience can be shorter than the visit);
///   warnings: the same where only the time travelled decides whether it comes about; touchpoints that nobody reaches;
///     conditional edges that never open; an expected length above half of limits.visits; weights that are too far apart
///     or too small to be told apart.
/// Conditions are decided by following which of their goals and pains may be achieved or open, up to 2 million steps for
/// all personas together; beyond, a warning says so and the rest is checked as if every condition could hold.
/// Problems that personas share are reported once. One ExpectedLength for each persona, in their order.
std::vector<ExpectedLength> check_journey(const Case& one, Diagnostics& diagnostics);

}  // namespace sojourn::models
