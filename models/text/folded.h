#pragma once
// Texts that are written a little differently and are the same.

#include <string>
#include <string_view>

namespace sojourn::models {

/// Without spaces around it, and in lower case (Latin, Greek and Cyrillic letters).
std::string folded(std::string_view text);

}  // namespace sojourn::models
