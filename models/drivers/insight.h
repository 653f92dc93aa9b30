#pragma once
// The insight map: importance against performance, and the small touchpoints that matter.

#include "models/drivers/drivers.h"

namespace sojourn::models {

/// Fills quadrants, means and callouts from the touchpoints' reach, importance and performance.
void map_insights(Drivers& drivers);

}  // namespace sojourn::models
