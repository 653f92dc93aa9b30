#pragma once
// Which contexts are touchpoints of their own: as few as the held-out score asks for.

#include "models/learn/baseline.h"

#include <vector>

namespace sojourn::models {

/// A finite memory: after each event the case is in exactly one state, the longest of the chosen contexts that it ends with.
/// States are numbered in the order of their contexts; `start` is the state before the first event.
class ContextMemory {
 public:
  /// `deeper`: the chosen contexts of two and three steps, closed: with (a b c) there are (b c) and (a b).
  ContextMemory(const ContextCounts& counts, std::vector<Context> deeper);

  std::size_t size() const { return contexts_.size(); }
  const Context& context(std::size_t state) const { return contexts_[state]; }
  std::size_t start() const { return start_; }
  /// The state behind `symbol`, which is not the end.
  std::size_t after(std::size_t state, Symbol symbol) const;
  /// The state of a symbol of which nothing before is known.
  std::size_t plain(Symbol symbol) const;
  /// Whether a longer context that ends with this state's is a state too.
  bool is_split(std::size_t state) const { return split_[state]; }
  unsigned depth() const;

 private:
  std::size_t longest(const Context& context) const;

  std::vector<Context> contexts_;  // sorted
  std::vector<bool> split_;
  std::size_t start_ = 0;
};

/// Followers of each state, by fold.
std::vector<Followers> followers_of(const ContextMemory& memory, const ContextCounts& counts, const Traces& traces);

/// P(symbol | state): that of its context, and where longer ones are states of their own, towards what is left to this one.
double probability(const ContextMemory& memory, const std::vector<Followers>& followers, const ContextCounts& counts,
                   std::size_t state, Symbol symbol, double concentration, std::optional<unsigned> left_out = {});

/// Cross-validated nats of all events and ends.
double cross_validated(const ContextMemory& memory, const std::vector<Followers>& followers,
                       const ContextCounts& counts, double concentration);

struct Chosen {
  ContextMemory memory;
  double concentration = 1;
  double nats = 0;  // cross-validated
};

/// `deepest` 0..3 steps at most. A context becomes a state where that gains as many nats held out as a threshold says; the
/// threshold is the highest with which the whole is within 0.6 % of the best baseline up to that order. Order 0 has one state a
/// symbol, all with equal followers.
Chosen choose_contexts(const ContextCounts& counts, const Traces& traces, const std::vector<OrderBaseline>& baselines,
                       unsigned deepest);

}  // namespace sojourn::models
