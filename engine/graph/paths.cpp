#include "engine/graph/paths.h"

#include "engine/graph/detail/boost_graph.h"

#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace sojourn::engine {
namespace {

/// A path's length: minus the logarithm of its chance, then the number of its links.
struct Length {
  double unlikely = 0;
  std::uint32_t links = 0;

  friend bool operator<(const Length& a, const Length& b) {
    return a.unlikely != b.unlikely ? a.unlikely < b.unlikely : a.links < b.links;
  }
  friend Length operator+(const Length& a, const Length& b) { return {a.unlikely + b.unlikely, a.links + b.links}; }
};

using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Length, boost::no_property,
                                                 std::uint32_t, std::uint32_t>;

}  // namespace

LikeliestPaths::LikeliestPaths(const Network& network) {
  const std::uint32_t source = network.ends();  // leads to the start
  std::vector<double> largest(network.nodes + 1, 0);
  std::vector<double> total(network.nodes + 1, 0);
  std::vector<Link> links = network.links;
  for (const auto& [node, weight] : network.start) links.push_back({source, node, weight});
  const auto row = [&](const Link& link) { return std::min(link.from, network.nodes); };
  for (const Link& link : links) largest[row(link)] = std::max(largest[row(link)], link.weight);
  for (const Link& link : links) total[row(link)] += link.weight / largest[row(link)];  // cannot overflow

  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  std::vector<Length> lengths;
  ends.reserve(links.size());
  lengths.reserve(links.size());
  for (const Link& link : links) {
    const double chance = link.weight / largest[row(link)] / total[row(link)];
    ends.emplace_back(link.from, link.to);
    lengths.push_back({chance > 0 ? std::max(0.0, -std::log(chance)) : 1e6, 1});
  }
  const Graph graph(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), lengths.begin(), source + 1);
  before_.resize(source + 1);
  std::vector<Length> distance(source + 1);
  const auto index = get(boost::vertex_index, graph);
  const Length unreachable{std::numeric_limits<double>::infinity(), 0};
  boost::dijkstra_shortest_paths_no_color_map(
      graph, source, boost::make_iterator_property_map(before_.begin(), index),
      boost::make_iterator_property_map(distance.begin(), index), get(boost::edge_bundle, graph), index,
      std::less<Length>(), std::plus<Length>(), unreachable, Length{}, boost::default_dijkstra_visitor());
}

std::vector<std::uint32_t> LikeliestPaths::to(std::uint32_t end) const {
  const auto source = static_cast<std::uint32_t>(before_.size()) - 1;
  std::vector<std::uint32_t> path;
  for (std::uint32_t at = end; at != source; at = before_[at]) {
    if (before_[at] == at) return {};  // Dijkstra's algorithm leaves what it does not reach as its own predecessor
    path.push_back(at);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace sojourn::engine
