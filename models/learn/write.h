#pragma once
// A learned journey as a file, with comments that say where its numbers come from.

#include "models/learn/learned.h"

#include <string>

namespace sojourn::models {

/// YAML that read_journey takes. `title` and `source_name` may be any text.
std::string learned_text(const LearnedJourney& journey, const std::string& title, const std::string& source_name);

}  // namespace sojourn::models
