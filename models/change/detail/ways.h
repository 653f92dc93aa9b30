#pragma once
// The parts of a journey that a removal goes through.

#include "models/text/tree.h"

#include <functional>
#include <string_view>
#include <vector>

namespace sojourn::models::detail {

inline constexpr std::string_view abandoned = "abandoned";

/// A touchpoint or one of its channels: what carries edges, pains and the rest.
using WayAction = std::function<void(Tree& way, bool is_channel)>;
void for_each_way(Tree& journey, const WayAction& action);

/// Every record of a section: personas, touchpoints.
void for_each_entry(Tree& journey, std::string_view section, const std::function<void(Tree&)>& action);

/// Takes an entry out of a map, if both are there.
void drop_key(Tree* map, std::string_view key);

/// The edges to one target as a list, whether they stand side by side or alone; and back.
std::vector<Tree> edges_of(Tree tree);
Tree side_by_side(std::vector<Tree> edges);

}  // namespace sojourn::models::detail
