#pragma once
// A calibration's page where no script runs.

#include "tools/json/json_text.h"

#include <string>

namespace sojourn::tools {

/// The body, in the words of the document's language. `report`: sojourn.report/1 about a calibration alone.
std::string plain_calibration(const Json& report);

}  // namespace sojourn::tools
