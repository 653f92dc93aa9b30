#pragma once
// What a calibration came to, as a page.

#include "tools/json/calibrate_json.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

std::string calibrate_page(const CalibrateResult& result, const Look& look);

}  // namespace sojourn::tools
