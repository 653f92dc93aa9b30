#pragma once
// A figure of a run or compare document by its address.

#include "models/score/result.h"
#include "tools/json/json_text.h"

#include <string_view>

namespace sojourn::tools {

/// `result` has overall, personas and touchpoints, figures as objects. A figure that is not there, or null, is kNone throughout.
models::Figure figure_at(const Json& result, std::string_view address);

/// Adds to `to` what the address names: touchpoint, channel, persona, pain, goal, outcome.
void add_place(std::string_view address, Json& to);

std::string_view name_of(models::Unit unit);
std::string_view name_of(models::Agreement agreement);

}  // namespace sojourn::tools
