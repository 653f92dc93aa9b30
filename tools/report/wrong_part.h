#pragma once
// Whether a kept result is still what was written: a page of anything else would be empty or wrong without a word.

#include "tools/json/json_text.h"

#include <string>

namespace sojourn::tools {

/// The first address of a document sojourn.run/1 or sojourn.compare/1, whose parts are all there, at which something else stands than the
/// format says; empty where all is well. What it has beside that is not looked at.
std::string wrong_part(const Json& document);

}  // namespace sojourn::tools
