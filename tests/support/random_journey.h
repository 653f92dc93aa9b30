#pragma once
// Random valid journeys and what-ifs as files' text, with every mechanism of the format, small enough to be walked often.

#include "tests/support/dice.h"

#include <map>
#include <string>
#include <vector>

namespace sojourn::tests {

/// Whether an agent may find every edge closed or every channel barred.
enum class WayOn { always, may_miss };

/// A journey file, and the ids that changes of it can name.
struct RandomJourney {
  std::string text;
  std::vector<std::string> personas, pains, lasting, goals, touchpoints, outcomes;
  std::map<std::string, std::vector<std::string>> channels;  // of a touchpoint
  std::map<std::string, std::vector<std::string>> next;      // targets of its own `next`
  std::map<std::string, std::vector<std::string>> risks;     // pains that it carries itself
};

RandomJourney random_journey(Dice& dice, WayOn way_on = WayOn::always);

/// Changes of a scenario, one string each in flow style, such as `{set: touchpoints.a.effort, to: 2}`. Most are possible;
/// build_case says which are not.
std::vector<std::string> random_changes(Dice& dice, const RandomJourney& journey);

/// A change that only edits what happens at one touchpoint or where it leads.
std::string random_touchpoint_change(Dice& dice, const RandomJourney& journey);

/// A scenario file with these changes.
std::string scenario_text(const std::vector<std::string>& changes);

}  // namespace sojourn::tests
