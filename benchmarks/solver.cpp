// Seconds of CPU for the exact visits and outcomes of a chain, factorised and asked once: `solver FILE TIMES` prints the least, the
// median and what the visits sum to. FILE as benchmarks/graph.py writes it for the kernels; weights are the probabilities.

#include "benchmarks/graph.h"
#include "engine/solve/chain_solver.h"

#include <algorithm>
#include <ctime>
#include <numeric>

namespace {

namespace engine = sojourn::engine;

std::vector<engine::Transition> transitions_of(const kernels::Graph& g) {
  std::vector<engine::Transition> list;
  for (std::uint32_t node = 0; node < g.nodes; ++node) {
    const double total = g.up_to(node, g.degree - 1);
    for (std::size_t e = 0; e < g.degree; ++e) list.push_back({node, g.to(node, e), g.weight(node, e) / total});
  }
  return list;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || std::atoi(argv[2]) < 1) {
    std::fprintf(stderr, "solver FILE TIMES\n");
    return 2;
  }
  const kernels::Graph g = kernels::read(argv[1]);
  const std::vector<engine::Transition> transitions = transitions_of(g);
  std::vector<double> start(g.nodes, 0.0);
  start[0] = 1;
  std::vector<double> seconds;
  double visits_in_all = 0;
  for (int i = 0; i < std::atoi(argv[2]); ++i) {
    engine::AbsorbingChain chain(g.nodes, 1, transitions);
    const std::clock_t begin = std::clock();
    const engine::ChainSolver solver(std::move(chain));
    const std::vector<double> visits = solver.visits(start);
    const std::vector<double> outcomes = solver.absorbed(visits);
    seconds.push_back(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    visits_in_all = std::accumulate(visits.begin(), visits.end(), 0.0);
    if (std::abs(outcomes[0] - 1) > 1e-6) std::fprintf(stderr, "solver: %g of the journeys end\n", outcomes[0]);
  }
  std::sort(seconds.begin(), seconds.end());
  std::printf("{\"least\": %.9g, \"median\": %.9g, \"visits\": %.9g}\n", seconds.front(), seconds[seconds.size() / 2],
              visits_in_all);
}
