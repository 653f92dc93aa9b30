#include "models/ask/checked_case.h"

#include "models/check/check.h"
#include "models/text/utf8.h"

#include <set>
#include <string>

namespace sojourn::models {
namespace {

/// What is wrong with a changed journey and not with the journey as it is, said to come of the scenario.
Diagnostics blamed(const Diagnostics& found, const JourneyFile& journey, const std::string& scenario) {
  Diagnostics before;
  check_journey(build_case(journey, {}), before);
  std::set<std::string> known;
  for (const Diagnostic& one : before.list()) known.insert(format(one));
  Diagnostics blamed;
  for (const Diagnostic& one : found.list()) {
    const bool error = one.severity == Diagnostic::Severity::error;
    std::string what = one.what;
    if (error && !known.contains(format(one))) what = "with " + quoted(scenario) + ", " + what;
    if (error) {
      blamed.error(one.mark, what, one.why, one.suggestion);
    } else {
      blamed.warning(one.mark, what, one.why, one.suggestion);
    }
  }
  return blamed;
}

}  // namespace

Case checked_case(const JourneyFile& journey, std::span<const ScenarioFile> scenarios) {
  Case built = build_case(journey, scenarios);
  Diagnostics found;
  check_journey(built, found);
  if (found.has_errors() && !scenarios.empty()) found = blamed(found, journey, built.title);
  found.refuse_if_errors();
  built.warnings.append(found);
  return built;
}

}  // namespace sojourn::models
