#pragma once
// Traps: closed classes without an exit.

#include "engine/graph/network.h"

namespace sojourn::engine {

/// Nodes that lead to each other and nowhere else (a node without links is one, too), rising.
using Trap = std::vector<std::uint32_t>;

/// The traps that can be reached from the start, by their smallest node. From a reached node no exit can be reached
/// exactly if it leads to traps only.
std::vector<Trap> traps(const Network& network);

}  // namespace sojourn::engine
