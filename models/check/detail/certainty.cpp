#include "models/check/detail/certainty.h"

#include <numeric>

namespace sojourn::models::detail {

void Certainty::turn_round() {
  const engine::Network& network = states_.network;
  first_.assign(network.nodes + 1, 0);
  branches_.assign(network.nodes, 0);
  const auto wanted = [&](std::size_t i) { return states_.certain[i] && network.links[i].to < network.nodes; };
  for (std::size_t i = 0; i < network.links.size(); ++i) {
    const engine::Link& link = network.links[i];
    if (states_.states[link.from].kind == State::Kind::undecided) ++branches_[link.from];
    if (wanted(i)) ++first_[link.to + 1];
  }
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  from_.resize(first_.back());
  std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t i = 0; i < network.links.size(); ++i) {
    if (wanted(i)) from_[next[network.links[i].to]++] = network.links[i].from;
  }
}

bool Certainty::reaches(const std::vector<std::uint32_t>& goal) {
  if (states_.all_certain) return true;
  if (first_.empty()) turn_round();
  std::vector<bool> inside(states_.network.nodes, false);
  std::vector<std::uint32_t> branches_left = branches_;
  std::vector<std::uint32_t> work;
  for (const std::uint32_t node : goal) {
    if (inside[node]) continue;
    inside[node] = true;
    work.push_back(node);
  }
  while (!work.empty()) {
    const std::uint32_t node = work.back();
    work.pop_back();
    for (std::size_t i = first_[node]; i < first_[node + 1]; ++i) {
      const std::uint32_t before = from_[i];
      if (inside[before]) continue;
      if (branches_left[before] > 0 && --branches_left[before] > 0) continue;
      inside[before] = true;
      work.push_back(before);
    }
  }
  for (const auto& [node, weight] : states_.network.start) {
    if (node < states_.network.nodes && inside[node]) return true;
  }
  return false;
}

}  // namespace sojourn::models::detail
