#pragma once
// The report without a script: headline, tables and plain figures.

#include "tools/json/json_text.h"

#include <string>

namespace sojourn::tools {

/// HTML for the body, in the language of the document sojourn.report/1.
std::string plain_page(const Json& report);

}  // namespace sojourn::tools
