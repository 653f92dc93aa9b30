#pragma once
// A network as a graph of the Boost Graph Library. Heavy: include it in .cpp files only.
//
// Boost's depth-first search keeps its own stack unless BOOST_RECURSIVE_DFS is defined, so that a chain of a million
// nodes does not overflow ours.

#include "engine/graph/network.h"

#ifdef BOOST_RECURSIVE_DFS
#error "a long chain of nodes would overflow the stack"
#endif

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/iterator/transform_iterator.hpp>

namespace sojourn::engine::detail {

using BoostGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                      boost::no_property, std::uint32_t, std::uint32_t>;

/// Vertices are the nodes, then the exits; edges are what `ends_of(link)` gives as (from, to).
template <class EndsOf>
BoostGraph boost_graph(const Network& network, EndsOf ends_of) {
  return BoostGraph(boost::edges_are_unsorted_multi_pass,
                    boost::make_transform_iterator(network.links.begin(), ends_of),
                    boost::make_transform_iterator(network.links.end(), ends_of), network.ends());
}

inline BoostGraph forward(const Network& network) {
  return boost_graph(network, [](const Link& link) { return std::pair(link.from, link.to); });
}

inline BoostGraph backward(const Network& network) {
  return boost_graph(network, [](const Link& link) { return std::pair(link.to, link.from); });
}

}  // namespace sojourn::engine::detail
