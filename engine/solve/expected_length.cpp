#include "engine/solve/expected_length.h"

#include "engine/graph/components.h"
#include "engine/graph/reach.h"
#include "engine/solve/detail/elimination.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace sojourn::engine {
namespace {

/// Links by their node, weights as chances.
struct Rows {
  explicit Rows(const Network& network) : first(network.nodes + 1, 0), links(network.links.size()) {
    for (const Link& link : network.links) ++first[link.from + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::size_t> next(first.begin(), first.end() - 1);
    for (const Link& link : network.links) links[next[link.from]++] = link;
    for (std::uint32_t node = 0; node < network.nodes; ++node) {
      double largest = 0;
      double total = 0;
      for (std::size_t i = first[node]; i < first[node + 1]; ++i) largest = std::max(largest, links[i].weight);
      for (std::size_t i = first[node]; i < first[node + 1]; ++i) total += links[i].weight / largest;  // no overflow
      for (std::size_t i = first[node]; i < first[node + 1]; ++i) links[i].weight = links[i].weight / largest / total;
    }
  }

  std::vector<std::size_t> first;  // [node] where its links begin, and the end
  std::vector<Link> links;
};

bool ends_surely(const Network& network) {
  const std::vector<bool> found = reached(network);
  const std::vector<bool> leaves = can_exit(network);
  for (std::uint32_t node = 0; node < network.nodes; ++node) {
    if (found[node] && !leaves[node]) return false;
  }
  return true;
}

}  // namespace

double ExpectedVisits::total() const {
  if (state == State::endless) return std::numeric_limits<double>::infinity();
  if (state == State::entangled) return std::numeric_limits<double>::quiet_NaN();
  return std::accumulate(visits.begin(), visits.end(), 0.0);
}

ExpectedVisits expected_visits(const Network& network, std::size_t most_steps) {
  if (!ends_surely(network)) return {ExpectedVisits::State::endless, {}};
  const Rows rows(network);
  const Components components(network);
  std::vector<double> arrivals(network.ends(), 0.0);  // from components before
  double largest = 0;
  double total = 0;
  for (const auto& [node, weight] : network.start) largest = std::max(largest, weight);
  for (const auto& [node, weight] : network.start) total += weight / largest;
  for (const auto& [node, weight] : network.start) arrivals[node] += weight / largest / total;

  ExpectedVisits expected{ExpectedVisits::State::exact, std::vector<double>(network.nodes, 0.0)};
  std::vector<std::uint32_t> place(network.nodes, 0);  // [node] its number within its component
  for (std::uint32_t c = 0; c < components.count(); ++c) {
    const auto nodes = components.nodes(c);
    detail::Loop loop;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) place[nodes[i]] = i;
    bool entered = false;
    for (const std::uint32_t node : nodes) entered = entered || arrivals[node] > 0;
    if (!entered) continue;
    const auto inside = [&](const Link& link) { return link.to < network.nodes && components.of(link.to) == c; };
    for (const std::uint32_t node : nodes) {
      loop.enter.push_back(arrivals[node]);
      loop.leave.push_back(0);
      for (std::size_t i = rows.first[node]; i < rows.first[node + 1]; ++i) {
        const Link& link = rows.links[i];
        if (inside(link))
          loop.steps.push_back({place[node], place[link.to], link.weight});
        else
          loop.leave.back() += link.weight;
      }
    }
    std::vector<double> visits;
    if (nodes.size() == 1)
      visits = {loop.enter.front() / loop.leave.front()};
    else
      visits = detail::eliminate(std::move(loop), most_steps);
    if (visits.empty()) return {ExpectedVisits::State::entangled, {}};
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      const std::uint32_t node = nodes[i];
      expected.visits[node] = visits[i];
      for (std::size_t k = rows.first[node]; k < rows.first[node + 1]; ++k) {
        const Link& link = rows.links[k];
        if (!inside(link)) arrivals[link.to] += visits[i] * link.weight;
      }
    }
  }
  return expected;
}

}  // namespace sojourn::engine
