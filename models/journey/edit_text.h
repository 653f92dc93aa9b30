#pragma once
// Numbers of a file put in place of others, everything else as it was: comments, order, layout.

#include "models/text/tree.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sojourn::models {

/// The text of the file that `journey` (normalised) was read from, with numbers at addresses replaced by `values` (times in milliseconds, written
/// in the unit that fits). A field that the file leaves to its default is added to the map that it belongs to, if that is written; nothing where it is
/// not: `unwritten` says which.
std::optional<std::string> with_values(const Source& source, const Tree& journey,
                                       const std::vector<std::pair<std::string, double>>& values,
                                       std::string& unwritten);

}  // namespace sojourn::models
