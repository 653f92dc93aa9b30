#pragma once
// An address for people: touchpoints.wish.pains.wrong.probability -> "Send the wish list, Wrong gift: probability".

#include "models/text/tree.h"

#include <string>
#include <string_view>

namespace sojourn::models {

/// The labels of what the address leads through, in a normalised journey, and what is meant of the last; ids where there
/// is no label.
std::string address_words(const Tree& journey, std::string_view address);

}  // namespace sojourn::models
