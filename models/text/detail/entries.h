#pragma once
// What keys and texts must be.

#include "models/text/tree.h"

#include <cstddef>
#include <deque>
#include <string_view>

namespace sojourn::models::detail {

/// Whether a scalar may be a key: not null, no merge key, not endless, nothing invisible in it. Reports if not.
bool check_key(const Tree& key, Diagnostics& diagnostics);

/// What escapes have made of a text must still be text: yaml-cpp writes \_ and \N as single bytes, and \0 as NUL.
void check_escaped(const Mark& mark, std::string_view text, Diagnostics& diagnostics);

/// Among the entries from `first` on, reports every key that stands there more than once and drops all but its first
/// writing. O(n log n) whatever the keys are.
void refuse_duplicates(std::deque<Tree::Entry>& entries, std::size_t first, Diagnostics& diagnostics);

}  // namespace sojourn::models::detail
