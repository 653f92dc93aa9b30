#pragma once
// Values that nobody looks at, because everyone below carries an own one.

#include "models/text/tree.h"

#include <string>
#include <string_view>

namespace sojourn::models {

/// Whether what stands at the address is not looked at: a touchpoint's field that every channel of it carries, a key of
/// `recommendation` that every persona writes.
bool shadowed(const Tree& journey, std::string_view address);

/// Why it is not looked at.
std::string reason_of_shadow(std::string_view address);

}  // namespace sojourn::models
