#pragma once
// The page of a study without a script: its headline and tables.

#include "tools/json/json_text.h"

#include <string>

namespace sojourn::tools {

/// `report`: a document sojourn.report/1 with the part `study`. HTML.
std::string plain_study(const Json& report);

}  // namespace sojourn::tools
