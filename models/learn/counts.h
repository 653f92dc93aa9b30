#pragma once
// How often what followed which context, in folds, and the probabilities that follow from that.

#include "models/learn/context.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>

namespace sojourn::models {

inline constexpr unsigned kFolds = 5;  // of cases, for cross-validation: case i is in fold i mod 5

/// Sums by fold, and over all of them.
struct FoldSums {
  std::array<double, kFolds> fold{};
  double all = 0;

  void add(unsigned in_fold, double count) {
    fold[in_fold] += count;
    all += count;
  }
  /// What is left without a fold; all of it where none is left out.
  double without(std::optional<unsigned> left_out) const { return left_out ? all - fold[*left_out] : all; }
};

struct Followers {
  FoldSums total;
  std::map<Symbol, FoldSums> next;

  void add(unsigned in_fold, Symbol symbol, double count) {
    total.add(in_fold, count);
    next[symbol].add(in_fold, count);
  }
  double count(Symbol symbol, std::optional<unsigned> left_out) const {
    const auto at = next.find(symbol);
    return at == next.end() ? 0 : at->second.without(left_out);
  }
};

/// Contexts of every length up to three, of one set of traces. Symbols are numbered below `symbols`; the end of a case follows
/// as the symbol `end()`, its start precedes as `start()`.
class ContextCounts {
 public:
  ContextCounts(const Traces& traces, std::size_t symbols);

  Symbol end() const { return static_cast<Symbol>(symbols_); }
  Symbol start() const { return static_cast<Symbol>(symbols_); }
  /// The context in which a case begins.
  Context beginning() const;
  const std::map<Context, Followers>& contexts() const { return contexts_; }
  const Followers& at(const Context& context) const;

  /// P(symbol | context), the context as deep as it is: Dirichlet smoothing towards the context one step shorter, down to
  /// uniform over all symbols and the end (MacKay & Peto 1995), equation (21): P_k = (n + c P_{k-1}) / (N + c).
  double probability(const Context& context, Symbol symbol, double concentration,
                     std::optional<unsigned> left_out = {}) const;

 private:
  std::size_t symbols_;
  std::map<Context, Followers> contexts_;
  Followers none_;
};

/// (n + c prior) / (N + c).
double smoothed(double count, double total, double prior, double concentration);

}  // namespace sojourn::models
