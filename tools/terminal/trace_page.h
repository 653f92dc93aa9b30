#pragma once
// One customer's journey in words, as it is and, beside it, as it would be.

#include "tools/json/trace_json.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

std::string trace_page(const Trace& trace, const Look& look);

}  // namespace sojourn::tools
