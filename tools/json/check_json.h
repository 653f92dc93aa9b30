#pragma once
// The document sojourn.check/1.

#include "tools/job/checked.h"

#include <string>
#include <vector>

namespace sojourn::tools {

std::string check_json(const std::vector<CheckedFile>& files);

}  // namespace sojourn::tools
