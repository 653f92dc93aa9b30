#pragma once
// A figure as the report writes it.

#include "models/score/result.h"
#include "tools/json/json_text.h"

namespace sojourn::tools {

/// [estimate, lo, hi], five significant digits; null where it does not exist.
Json short_figure(const models::Figure& figure);

/// Five significant digits: more than any figure of the page shows, and a third of the bytes.
Json short_number(double value);

}  // namespace sojourn::tools
