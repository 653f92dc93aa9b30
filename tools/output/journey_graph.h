#pragma once
// A journey as nodes and links with labels: what the graph formats have in common.

#include "models/journey/journey.h"

#include <string>
#include <vector>

namespace sojourn::tools {

struct GraphNode {
  enum class Kind { start, touchpoint, outcome };
  std::string id;  // unique; "start" of Kind::start may equal a touchpoint's, which prefixes tell apart
  std::string label;
  std::string stage;  // empty: none
  Kind kind = Kind::touchpoint;
  bool moment_of_truth = false;
  bool success = false;
};

struct GraphLink {
  std::size_t from = 0;  // index into nodes
  std::size_t to = 0;
  std::string label;        // "80 %", "20 %, mood -0.4", "if late, unless gift"
  double probability = -1;  // per weight; below 0 where the journey decides it
  bool given_up = false;    // the way of those who gave up waiting
};

struct JourneyGraph {
  std::string title;
  std::vector<GraphNode> nodes;  // the start, touchpoints, outcomes, in file order
  std::vector<GraphLink> links;
  std::vector<std::string> stages;  // in the order met
};

/// Of a touchpoint with channels, the links of all of them, equal ones once. Give-up ways only where somebody has a patience.
JourneyGraph graph_of(const models::Journey& journey);

}  // namespace sojourn::tools
