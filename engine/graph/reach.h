#pragma once
// What can be reached, and what can be left.

#include "engine/graph/network.h"

namespace sojourn::engine {

/// [node, then exit] whether some sequence of links leads there from the start.
std::vector<bool> reached(const Network& network);

/// [node] whether some sequence of links leads from there to an exit.
std::vector<bool> can_exit(const Network& network);

}  // namespace sojourn::engine
