#pragma once
// Everything that is summed over agents who walk through a base and any number of scenarios.

#include "engine/compare/pair_tally.h"
#include "engine/tally/tally.h"

#include <cstdint>
#include <vector>

namespace sojourn::engine {

/// Everything that was summed over agents [0, agents).
struct Tallies {
  Tallies(const Layout& layout, std::size_t scenarios);
  void add(const Tallies& other);

  std::uint64_t agents = 0;
  std::uint64_t visits = 0;                    // made, over all cases
  std::vector<Tally> cases;                    // [case], the base first
  std::vector<PairTally> pairs;                // [scenario]
  std::vector<WideSum> headline_products;      // [scenario][scenario]: change times change of the headline score
  std::vector<Sum> headline_changes;           // [scenario]
  std::vector<std::uint64_t> headline_movers;  // [scenario] agents whose headline score changed
};

}  // namespace sojourn::engine
