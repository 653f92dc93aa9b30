#pragma once
// What scenarios change in a journey, address by address.

#include "models/change/views.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

/// For all personas together, or for one. Where not everybody sees a change, it says who does.
std::string differences_page(const models::Case& base, const models::Case& changed, const std::string& persona,
                             const Look& look);

}  // namespace sojourn::tools
