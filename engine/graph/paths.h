#pragma once
// The likeliest way from the start to a node, to show as a witness.

#include "engine/graph/network.h"

namespace sojourn::engine {

/// From the start to every node and exit: the sequence of links whose chances, multiplied, are largest, and of equally
/// likely ones one with the fewest links.
class LikeliestPaths {
 public:
  explicit LikeliestPaths(const Network& network);

  /// The nodes on the way, from the start to `end` itself; empty where none leads there.
  std::vector<std::uint32_t> to(std::uint32_t end) const;

 private:
  std::vector<std::uint32_t> before_;  // [node, then exit] the one before; itself if none leads there; last, the source
};

}  // namespace sojourn::engine
