#include "models/learn/contexts.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace sojourn::models {
namespace {

/// Nats that a context of its own gains over the one a step shorter, held out.
double gain_of(const ContextCounts& counts, const Context& context, const Followers& followers, double concentration) {
  double gain = 0;
  const Context shorter = context.suffix(context.depth() - 1);
  for (const auto& [symbol, sums] : followers.next) {
    for (unsigned fold = 0; fold < kFolds; ++fold) {
      if (sums.fold[fold] == 0) continue;
      const double prior = counts.probability(shorter, symbol, concentration, fold);
      const double own = smoothed(followers.count(symbol, fold), followers.total.without(fold), prior, concentration);
      gain += sums.fold[fold] * std::log(own / prior);
    }
  }
  return gain;
}

/// The start may be known only as the oldest of a context.
bool is_candidate(const Context& context, Symbol start) {
  if (context.depth() < 2) return false;
  for (unsigned i = 0; i + 1 < context.depth(); ++i) {
    if (context.back(i) == start) return false;
  }
  return true;
}

std::vector<Context> closed(const std::vector<std::pair<Context, double>>& gains, double threshold, unsigned deepest,
                            Symbol start) {
  std::set<Context> chosen;
  for (const auto& [context, gain] : gains) {
    if (gain < threshold || context.depth() > deepest) continue;
    chosen.insert(context);
    if (context.depth() < 3) continue;
    chosen.insert(context.suffix(2));
    if (is_candidate(context.prefix(), start)) chosen.insert(context.prefix());
  }
  return {chosen.begin(), chosen.end()};
}

}  // namespace

ContextMemory::ContextMemory(const ContextCounts& counts, std::vector<Context> deeper) : contexts_(std::move(deeper)) {
  for (Symbol symbol = 0; symbol <= counts.start(); ++symbol) contexts_.push_back(Context().then(symbol));
  std::ranges::sort(contexts_);
  split_.assign(contexts_.size(), false);
  for (const Context& context : contexts_) {
    for (unsigned depth = 1; depth < context.depth(); ++depth) {
      const auto at = std::ranges::lower_bound(contexts_, context.suffix(depth));
      if (at != contexts_.end() && *at == context.suffix(depth))
        split_[static_cast<std::size_t>(at - contexts_.begin())] = true;
    }
  }
  start_ = plain(counts.start());
}

std::size_t ContextMemory::longest(const Context& context) const {
  for (unsigned depth = context.depth(); depth > 0; --depth) {
    const Context suffix = context.suffix(depth);
    const auto at = std::ranges::lower_bound(contexts_, suffix);
    if (at != contexts_.end() && *at == suffix) return static_cast<std::size_t>(at - contexts_.begin());
  }
  SOJOURN_EXPECT(false, "every symbol has a state");
  return 0;
}

std::size_t ContextMemory::after(std::size_t state, Symbol symbol) const {
  return longest(contexts_[state].then(symbol));
}

std::size_t ContextMemory::plain(Symbol symbol) const { return longest(Context().then(symbol)); }

unsigned ContextMemory::depth() const { return contexts_.back().depth(); }

std::vector<Followers> followers_of(const ContextMemory& memory, const ContextCounts& counts, const Traces& traces) {
  std::vector<Followers> followers(memory.size());
  for (std::size_t i = 0; i < traces.list.size(); ++i) {
    const auto fold = static_cast<unsigned>(i % kFolds);
    std::size_t state = memory.start();
    for (const Step& step : traces.of(traces.list[i])) {
      followers[state].add(fold, step.symbol, 1);
      state = memory.after(state, step.symbol);
    }
    followers[state].add(fold, counts.end(), 1);
  }
  return followers;
}

double probability(const ContextMemory& memory, const std::vector<Followers>& followers, const ContextCounts& counts,
                   std::size_t state, Symbol symbol, double concentration, std::optional<unsigned> left_out) {
  const double of_context = counts.probability(memory.context(state), symbol, concentration, left_out);
  if (!memory.is_split(state)) return of_context;
  return smoothed(followers[state].count(symbol, left_out), followers[state].total.without(left_out), of_context,
                  concentration);
}

double cross_validated(const ContextMemory& memory, const std::vector<Followers>& followers,
                       const ContextCounts& counts, double concentration) {
  double nats = 0;
  for (std::size_t state = 0; state < memory.size(); ++state) {
    for (const auto& [symbol, sums] : followers[state].next) {
      for (unsigned fold = 0; fold < kFolds; ++fold) {
        if (sums.fold[fold] == 0) continue;
        nats -= sums.fold[fold] * std::log(probability(memory, followers, counts, state, symbol, concentration, fold));
      }
    }
  }
  return nats;
}

Chosen choose_contexts(const ContextCounts& counts, const Traces& traces, const std::vector<OrderBaseline>& baselines,
                       unsigned deepest) {
  constexpr double close_enough = 1.006;
  double target = std::numeric_limits<double>::infinity();
  for (const OrderBaseline& baseline : baselines) {
    if (baseline.order <= deepest) target = std::min(target, baseline.nats);
  }
  const double concentration = baselines[std::max(deepest, 1U)].concentration;
  std::vector<std::pair<Context, double>> gains;
  double most = 0;
  for (const auto& [context, followers] : counts.contexts()) {
    if (!is_candidate(context, counts.start()) || context.depth() > deepest) continue;
    gains.emplace_back(context, gain_of(counts, context, followers, concentration));
    most = std::max(most, gains.back().second);
  }
  std::optional<Chosen> best;
  std::size_t last_size = 0;
  for (double threshold = most + 1; threshold > 0.5; threshold /= 1.5) {
    ContextMemory memory(counts, closed(gains, threshold, deepest, counts.start()));
    if (memory.size() == last_size) continue;
    last_size = memory.size();
    const double nats = cross_validated(memory, followers_of(memory, counts, traces), counts, concentration);
    const bool enough = nats <= close_enough * target;
    if (!best || nats < best->nats) best.emplace(Chosen{std::move(memory), concentration, nats});
    if (enough) break;
  }
  return *std::move(best);
}

}  // namespace sojourn::models
