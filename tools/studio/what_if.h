#pragma once
// A what-if as the studio holds it: the very text that is saved, so that what is shown is what the file says.

#include "models/change/scenario.h"
#include "tools/json/json_text.h"

#include <cstddef>
#include <string>
#include <vector>

namespace sojourn::tools {

inline constexpr std::size_t most_changes = 200;

/// `asked`: {"title", "because", "cost": {"once", "per_journey"}, "changes": [...]}; a change is {"set": ADDRESS, "to": TEXT} or
/// {"line": YAML}, one line of flow style as `changes_of` gives it. `journey`: the file's name as the scenario names it. A set may have
/// "for": [PERSONA...]; "uncertain": [{"address", "line"}...] as `uncertain_of` gives them.
/// Throws InputError, with the reason, for what is none of this.
std::string scenario_text(const Json& asked, const std::string& journey);

/// A scenario's changes, those of the scenarios that it stands on first: each one line of YAML.
std::vector<std::string> changes_of(const models::ScenarioFile& scenario);

/// What a scenario and those that it stands on say under `uncertain`, the last word on an address.
struct UncertainLine {
  std::string address;
  std::string line;  // of YAML, in flow style
};
std::vector<UncertainLine> uncertain_of(const models::ScenarioFile& scenario);

}  // namespace sojourn::tools
