#pragma once
// A case that can be walked.

#include "models/change/views.h"

#include <span>

namespace sojourn::models {

/// build_case and check_journey. Its warnings are those of both, but not those of the files. Throws InputError with every
/// problem; what only the scenarios brought in is said to come of them.
Case checked_case(const JourneyFile& journey, std::span<const ScenarioFile> scenarios);

}  // namespace sojourn::models
