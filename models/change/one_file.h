#pragma once
// A changed journey as one file again, although personas may see it differently.

#include "models/change/views.h"

#include <optional>

namespace sojourn::models {

/// The view that the largest share of personas has, with `overrides` that make of it what the others see: read as a
/// journey file it gives the same case. Nothing where overrides cannot say it (a touchpoint that only some can come to).
std::optional<Tree> one_file(const Case& one);

}  // namespace sojourn::models
