#pragma once
// A directed graph with ways out: nodes, exits, links between them, and where one starts.

#include <cstdint>
#include <utility>
#include <vector>

namespace sojourn::engine {

/// A way from a node to a node or to an exit. Several links between the same two ends are allowed.
struct Link {
  std::uint32_t from = 0;  // a node
  std::uint32_t to = 0;    // a node, or nodes + exit
  double weight = 1;       // > 0 and finite; the chance to go this way, relative to the node's other links
};

struct Network {
  std::uint32_t nodes = 0;                              // numbered from 0
  std::uint32_t exits = 0;                              // numbered after the nodes
  std::vector<Link> links;                              // in any order
  std::vector<std::pair<std::uint32_t, double>> start;  // (node or nodes + exit, weight > 0)

  std::uint32_t ends() const { return nodes + exits; }
};

}  // namespace sojourn::engine
