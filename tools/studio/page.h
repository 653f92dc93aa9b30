#pragma once
// The studio's page.

#include "tools/json/json_text.h"

#include <string>

namespace sojourn::tools {

/// `document`: sojourn.studio/1. The page may ask its own server and nobody else.
std::string studio_page(const Json& document, const std::string& language);

}  // namespace sojourn::tools
