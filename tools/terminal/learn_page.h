#pragma once
// What was learned of a log, as a page.

#include "tools/json/learn_json.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

std::string learn_page(const LearnResult& result, const Look& look);

}  // namespace sojourn::tools
