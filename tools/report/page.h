#pragma once
// The report as one HTML file.

#include "tools/json/json_text.h"

#include <string>

namespace sojourn::tools {

/// `report`: a document sojourn.report/1. The file needs no network and allows none. Its body holds headline, tables and plain
/// figures; where the program has the interactive page, that takes their place as soon as its script runs.
std::string report_page(const Json& report);

}  // namespace sojourn::tools
