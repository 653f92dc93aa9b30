#pragma once
// A Markov chain that ends in exits.

#include "engine/graph/network.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::engine {

struct Transition {
  std::uint32_t from = 0;  // a state
  std::uint32_t to = 0;    // a state, or states + exit
  double probability = 0;
};

/// Transition probabilities among states, and from states to exits. Q below is the part among states.
class AbsorbingChain {
 public:
  struct Step {
    std::uint32_t to = 0;  // a state, or states + exit
    double probability = 0;
  };

  /// Those of each state are 0 to 1 and sum to 1 within 1e-12 (a contract; they are never normalised). In any order;
  /// several between the same two ends are added up, and those of probability 0 dropped.
  AbsorbingChain(std::uint32_t states, std::uint32_t exits, std::vector<Transition> transitions);

  std::uint32_t states() const { return static_cast<std::uint32_t>(first_.size()) - 1; }
  std::uint32_t exits() const { return exits_; }
  std::uint32_t ends() const { return states() + exits_; }
  /// All steps, by state, and of one state by rising target.
  std::span<const Step> steps() const { return steps_; }
  /// Where the state's begin among them; first(states()) is their number.
  std::size_t first(std::uint32_t state) const { return first_[state]; }
  std::span<const Step> row(std::uint32_t state) const {
    return std::span(steps_).subspan(first_[state], first_[state + 1] - first_[state]);
  }
  /// Its graph, weights as probabilities, without a start.
  Network network() const;

 private:
  std::uint32_t exits_;
  std::vector<std::size_t> first_;  // [state], and the end
  std::vector<Step> steps_;
};

}  // namespace sojourn::engine
