#pragma once
// What moves a journey, as a strategist reads it.

#include "models/drivers/drivers.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

/// The largest drivers with the effect of their step, the insight map, and what each touchpoint is worth.
std::string drivers_page(const models::Drivers& drivers, const models::Provenance& provenance, const Look& look);

}  // namespace sojourn::tools
