#pragma once
// What is counted of those who only go their way (models/crowd/paths.h).

#include "engine/tally/tally.h"

#include <cstdint>
#include <vector>

namespace sojourn::models {

/// How journeys of one persona end.
struct PathEnds {
  std::uint64_t agents = 0;
  std::uint64_t visits = 0;
  engine::Int128 squares = 0;        // of an agent's visits
  std::uint64_t truncated = 0;       // at the limit of visits
  std::vector<std::uint64_t> exits;  // [exit]

  void add(const PathEnds& other) {
    agents += other.agents;
    visits += other.visits;
    squares += other.squares;
    truncated += other.truncated;
    for (std::size_t e = 0; e < exits.size(); ++e) exits[e] += other.exits[e];
  }
};

struct PathTally {
  explicit PathTally(const engine::Layout& layout) : sites(layout), ends(layout.groups.size()) {
    for (PathEnds& of_group : ends) of_group.exits.assign(layout.exits.size(), 0);
  }

  void add(const PathTally& other) {
    agents += other.agents;
    visits += other.visits;
    sites.add(other.sites);
    for (std::size_t g = 0; g < ends.size(); ++g) ends[g].add(other.ends[g]);
  }

  std::uint64_t agents = 0;
  std::uint64_t visits = 0;
  engine::Tally sites;         // reach, visits and flows; nothing else
  std::vector<PathEnds> ends;  // [group]
};

}  // namespace sojourn::models
