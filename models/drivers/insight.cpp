#include "models/drivers/insight.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

/// A touchpoint is small where fewer come than this share, and matters where a point of experience, to those who come, is
/// worth clearly more than to those at the touchpoints on average.
constexpr double kSmallReach = 1.0 / 3;
constexpr double kClearlyMore = 1.25;

bool counts(const TouchpointDriver& one) {
  return one.reach.estimate > 0 && std::isfinite(one.performance.estimate) && std::isfinite(one.importance.estimate);
}

Quadrant quadrant(const TouchpointDriver& one, double mean_importance, double mean_performance) {
  const bool important = one.importance.estimate >= mean_importance;
  const bool good = one.performance.estimate >= mean_performance;
  if (important) return good ? Quadrant::keep_up : Quadrant::concentrate;
  return good ? Quadrant::possible_overkill : Quadrant::low_priority;
}

}  // namespace

void map_insights(Drivers& drivers) {
  double importance = 0, performance = 0, reach = 0, number = 0;
  for (const TouchpointDriver& one : drivers.touchpoints) {
    if (!counts(one)) continue;
    importance += one.importance.estimate;
    performance += one.performance.estimate;
    reach += one.reach.estimate;
    number += 1;
  }
  if (number == 0) return;
  drivers.mean_importance = importance / number;
  drivers.mean_performance = performance / number;
  const double worth_of_reach = importance / reach;  // of a point, to one who comes
  struct Small {
    std::size_t touchpoint;
    double worth;
  };
  std::vector<Small> small;
  for (std::size_t t = 0; t < drivers.touchpoints.size(); ++t) {
    TouchpointDriver& one = drivers.touchpoints[t];
    if (!counts(one)) continue;
    one.quadrant = quadrant(one, drivers.mean_importance, drivers.mean_performance);
    const double worth = one.importance.estimate / one.reach.estimate;
    const bool sure = one.importance.lo / one.reach.estimate > worth_of_reach;
    if (one.reach.estimate < kSmallReach && sure && worth >= kClearlyMore * worth_of_reach) small.push_back({t, worth});
  }
  std::ranges::stable_sort(small, [](const Small& a, const Small& b) { return a.worth > b.worth; });
  for (const Small& each : small) {
    const TouchpointName& name = drivers.names.touchpoints[each.touchpoint];
    const TouchpointDriver& one = drivers.touchpoints[each.touchpoint];
    const std::string label = name.label.empty() ? name.id : name.label;
    std::string sentence = fmt::format(
        "'{}' is small and matters: only {:.2g} of 100 customers come there, but one more point of experience lifts "
        "the NPS of those who do by {:.1f}, against {:.1f} at an average touchpoint.",
        label, 100 * one.reach.estimate, each.worth, worth_of_reach);
    drivers.callouts.push_back(
        {static_cast<std::uint32_t>(each.touchpoint), each.worth, worth_of_reach, std::move(sentence)});
  }
}

std::string_view name_of(Quadrant quadrant) {
  switch (quadrant) {
    case Quadrant::concentrate: return "concentrate";
    case Quadrant::keep_up: return "keep_up";
    case Quadrant::low_priority: return "low_priority";
    case Quadrant::possible_overkill: return "possible_overkill";
    case Quadrant::none: break;
  }
  return "";
}

}  // namespace sojourn::models
