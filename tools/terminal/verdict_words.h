#pragma once
// A verdict in the look's language.

#include "models/score/result.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

/// In English the sentence that the JSON has; in German the same facts.
std::string verdict_words(const models::Comparison& comparison, const models::CompareResult& result, const Look& look);

}  // namespace sojourn::tools
