#include "engine/graph/reach.h"

#include "engine/graph/detail/boost_graph.h"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/two_bit_color_map.hpp>
#include <boost/pending/queue.hpp>

namespace sojourn::engine {
namespace {

std::vector<bool> reached_from(const detail::BoostGraph& graph, const std::vector<std::uint32_t>& sources) {
  const auto index = get(boost::vertex_index, graph);
  const auto color = boost::make_two_bit_color_map(num_vertices(graph), index);
  using White = boost::color_traits<boost::two_bit_color_type>;
  boost::queue<std::uint32_t> queue;
  for (const std::uint32_t source : sources) {
    if (get(color, source) == White::white()) {
      boost::breadth_first_visit(graph, source, queue, boost::default_bfs_visitor(), color);
    }
  }
  std::vector<bool> found(num_vertices(graph));
  for (std::uint32_t v = 0; v < found.size(); ++v) found[v] = get(color, v) != White::white();
  return found;
}

}  // namespace

std::vector<bool> reached(const Network& network) {
  std::vector<std::uint32_t> sources;
  for (const auto& [node, weight] : network.start) sources.push_back(node);
  return reached_from(detail::forward(network), sources);
}

std::vector<bool> can_exit(const Network& network) {
  std::vector<std::uint32_t> sources;
  for (std::uint32_t exit = network.nodes; exit < network.ends(); ++exit) sources.push_back(exit);
  std::vector<bool> found = reached_from(detail::backward(network), sources);
  found.resize(network.nodes);
  return found;
}

}  // namespace sojourn::engine
