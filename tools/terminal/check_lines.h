#pragma once
// What `check` says of a file that is well, and of one that is not.

#include "tools/job/checked.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

/// "journey.yaml: ok: 'Title', 3 personas, ..." and how long journeys are; or "journey.yaml: 2 errors, 1 warning".
std::string check_lines(const CheckedFile& file, const Look& look);

}  // namespace sojourn::tools
