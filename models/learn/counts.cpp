#include "models/learn/counts.h"

namespace sojourn::models {

double smoothed(double count, double total, double prior, double concentration) {
  return (count + concentration * prior) / (total + concentration);
}

ContextCounts::ContextCounts(const Traces& traces, std::size_t symbols) : symbols_(symbols) {
  for (std::size_t i = 0; i < traces.list.size(); ++i) {
    const auto fold = static_cast<unsigned>(i % kFolds);
    Context context = beginning();
    const auto seen = [&](Symbol symbol) {
      for (unsigned depth = 0; depth <= kDeepest; ++depth) contexts_[context.suffix(depth)].add(fold, symbol, 1);
      context = context.then(symbol);
    };
    for (const Step& step : traces.of(traces.list[i])) seen(step.symbol);
    seen(end());
  }
}

Context ContextCounts::beginning() const {
  Context context;
  for (unsigned i = 0; i < kDeepest; ++i) context = context.then(start());
  return context;
}

const Followers& ContextCounts::at(const Context& context) const {
  const auto found = contexts_.find(context);
  return found == contexts_.end() ? none_ : found->second;
}

double ContextCounts::probability(const Context& context, Symbol symbol, double concentration,
                                  std::optional<unsigned> left_out) const {
  double probability = 1 / static_cast<double>(symbols_ + 1);
  for (unsigned depth = 0; depth <= context.depth(); ++depth) {
    const Followers& followers = at(context.suffix(depth));
    probability =
        smoothed(followers.count(symbol, left_out), followers.total.without(left_out), probability, concentration);
  }
  return probability;
}

}  // namespace sojourn::models
