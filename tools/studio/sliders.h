#pragma once
// The numbers of a journey that can be moved, with the range of each slider.

#include "models/change/views.h"
#include "tools/json/json_text.h"

namespace sojourn::tools {

/// A list of {"address", "touchpoint", "value", "low", "high", "step", "unit"}: numbers of the touchpoints, and how much each pain
/// hurts. `unit`: points, share, weight, money, plain, or for times the word that stands behind the number (s, min, h, d).
Json sliders(const models::Case& base);

/// The value of every slider that a changed journey has elsewhere: {ADDRESS: value in the slider's unit}.
Json moved(const Json& sliders, const models::Case& changed);

}  // namespace sojourn::tools
