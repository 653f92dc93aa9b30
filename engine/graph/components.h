#pragma once
// Strongly connected components: nodes that can be reached from each other.

#include "engine/graph/network.h"

#include <span>

namespace sojourn::engine {

/// In topological order: a link leads to the same component or to a later one.
class Components {
 public:
  explicit Components(const Network& network);

  std::uint32_t count() const { return static_cast<std::uint32_t>(first_.size()) - 1; }
  std::uint32_t of(std::uint32_t node) const { return component_[node]; }
  /// Its nodes, rising.
  std::span<const std::uint32_t> nodes(std::uint32_t component) const {
    return std::span(nodes_).subspan(first_[component], first_[component + 1] - first_[component]);
  }

 private:
  std::vector<std::uint32_t> component_;  // [node]
  std::vector<std::uint32_t> first_;      // [component] where its nodes begin, and the end
  std::vector<std::uint32_t> nodes_;
};

}  // namespace sojourn::engine
