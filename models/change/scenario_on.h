#pragma once
// Scenarios that come from memory.

#include "models/change/scenario.h"

namespace sojourn::models {

struct JourneyFile;

/// A scenario's text on a journey that was read already: what its `journey:` says is not followed, and `canonical` stays empty.
/// Throws InputError with every problem of the text; addresses are checked by build_case.
ScenarioFile scenario_on(const JourneyFile& journey, const Source& source);

}  // namespace sojourn::models
