#include "engine/solve/expected_length.h"

#include "engine/solve/chain_solver.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace sojourn::engine {
namespace {

/// Weights as probabilities. Divided by the largest first, so that their sum does not overflow.
AbsorbingChain chain_of(const Network& network) {
  std::vector<double> largest(network.nodes, 0.0);
  std::vector<long double> total(network.nodes, 0.0L);
  for (const Link& link : network.links) largest[link.from] = std::max(largest[link.from], link.weight);
  for (const Link& link : network.links) total[link.from] += link.weight / largest[link.from];
  std::vector<Transition> transitions;
  transitions.reserve(network.links.size());
  for (const Link& link : network.links) {
    const long double share = link.weight / largest[link.from] / total[link.from];
    transitions.push_back({link.from, link.to, static_cast<double>(share)});
  }
  for (std::uint32_t node = 0; node < network.nodes; ++node) {
    if (total[node] == 0) transitions.push_back({node, node, 1.0});  // without links: a trap
  }
  return {network.nodes, network.exits, std::move(transitions)};
}

}  // namespace

double ExpectedVisits::total() const {
  if (state == State::endless) return std::numeric_limits<double>::infinity();
  if (state == State::entangled) return std::numeric_limits<double>::quiet_NaN();
  return std::accumulate(visits.begin(), visits.end(), 0.0);
}

ExpectedVisits expected_visits(const Network& network, const SolverBudget& budget) {
  const ChainSolver solver(chain_of(network), budget);
  double largest = 0;
  double total = 0;
  for (const auto& [node, weight] : network.start) largest = std::max(largest, weight);
  for (const auto& [node, weight] : network.start) total += weight / largest;
  std::vector<double> start(network.nodes, 0.0);
  for (const auto& [node, weight] : network.start) {
    if (node >= network.nodes) continue;
    if (!solver.ends_surely(node)) return {ExpectedVisits::State::endless, {}};
    start[node] += weight / largest / total;
  }
  if (solver.state() == ChainSolver::State::entangled) return {ExpectedVisits::State::entangled, {}};
  return {ExpectedVisits::State::exact, solver.visits(start)};
}

}  // namespace sojourn::engine
