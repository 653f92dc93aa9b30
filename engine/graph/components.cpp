#include "engine/graph/components.h"

#include "engine/graph/detail/boost_graph.h"

#include <boost/graph/strong_components.hpp>

namespace sojourn::engine {

Components::Components(const Network& network) : component_(network.ends()) {
  // Exits are vertices like others here; without links, each is a component of its own and is left out below.
  const detail::BoostGraph graph = detail::forward(network);
  const auto index = get(boost::vertex_index, graph);
  const auto map = boost::make_iterator_property_map(component_.begin(), index);
  const std::uint32_t found = boost::strong_components(graph, map, boost::vertex_index_map(index));

  // Tarjan's algorithm (1972) completes a component after all that it leads to.
  constexpr std::uint32_t unnumbered = ~std::uint32_t{0};
  std::vector<std::uint32_t> number(found, unnumbered);
  component_.resize(network.nodes);
  for (const std::uint32_t component : component_) number[component] = 0;
  std::uint32_t count = 0;
  for (std::uint32_t component = found; component-- > 0;) {
    if (number[component] != unnumbered) number[component] = count++;
  }
  for (std::uint32_t& component : component_) component = number[component];

  first_.assign(count + 1, 0);
  for (const std::uint32_t component : component_) ++first_[component + 1];
  for (std::uint32_t component = 0; component < count; ++component) first_[component + 1] += first_[component];
  nodes_.resize(network.nodes);
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::uint32_t node = 0; node < network.nodes; ++node) nodes_[next[component_[node]]++] = node;
}

}  // namespace sojourn::engine
