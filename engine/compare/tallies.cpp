#include "engine/compare/tallies.h"

namespace sojourn::engine {

Tallies::Tallies(const Layout& layout, std::size_t scenarios)
    : cases(scenarios + 1, Tally(layout)),
      pairs(scenarios, PairTally(layout)),
      headline_products(scenarios * scenarios),
      headline_changes(scenarios, 0),
      headline_movers(scenarios, 0) {}

void Tallies::add(const Tallies& other) {
  agents += other.agents;
  visits += other.visits;
  for (std::size_t i = 0; i < cases.size(); ++i) cases[i].add(other.cases[i]);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].add(other.pairs[i]);
  for (std::size_t i = 0; i < headline_products.size(); ++i) headline_products[i].add(other.headline_products[i]);
  for (std::size_t i = 0; i < headline_changes.size(); ++i) headline_changes[i] += other.headline_changes[i];
  for (std::size_t i = 0; i < headline_movers.size(); ++i) headline_movers[i] += other.headline_movers[i];
}

}  // namespace sojourn::engine
