#pragma once
// The map of a journey for other programs: Graphviz, yEd and Gephi, Mermaid.

#include "models/journey/journey.h"

#include <string>

namespace sojourn::tools {

/// Stages become clusters, a moment of truth is marked, edges carry what they are drawn with: a probability where it is
/// fixed (weights over their sum), else the weight with what it depends on. Channels' own edges are drawn, too.
std::string dot(const models::Journey& journey);
std::string graphml(const models::Journey& journey);
std::string mermaid(const models::Journey& journey);

}  // namespace sojourn::tools
