#pragma once
// The sums behind an estimate, exact and additive.

#include "engine/base/exact_sum.h"

#include <cstddef>
#include <vector>

namespace sojourn::engine {

/// First and second moment of a quantity per agent, or per unit of agents.
struct Moments {
  Sum sum = 0;
  WideSum squares;
  void add(std::int64_t x) {
    sum += x;
    squares.add_product(x, x);
  }
  void add(const Moments& other) {
    sum += other.sum;
    squares.add(other.squares);
  }
  /// Takes a number away that was added.
  void subtract(std::int64_t x) {
    sum -= x;
    squares.add(-(static_cast<Int128>(x) * x));
  }
  /// Takes away what another one holds of the same agents.
  void subtract(const Moments& other) {
    sum -= other.sum;
    squares.subtract(other.squares);
  }
};

/// What a ratio of two per-agent quantities (a per b) needs beside the moments of b. The sum of a b is kept as that of
/// a (b - 1): where b counts the visits of an agent, most come once, and their term is then nothing.
struct RatioMoments {
  Moments a;
  WideSum beyond_first;
  void add(std::int64_t x, std::int64_t per) {
    a.add(x);
    if (per != 1) beyond_first.add_product(x, per - 1);
  }
  void add(const RatioMoments& other) {
    a.add(other.a);
    beyond_first.add(other.beyond_first);
  }
  WideSum ab() const {
    WideSum sum = beyond_first;
    sum.add(a.sum);
    return sum;
  }
};

/// Products across two cases of the same agent: ratio a/b in the base (1) and in the scenario (2).
struct CrossMoments {
  WideSum a1a2;
  WideSum a1b2;
  WideSum b1a2;
  void add(std::int64_t a1, std::int64_t b1, std::int64_t a2, std::int64_t b2) {
    a1a2.add_product(a1, a2);
    a1b2.add_product(a1, b2);
    b1a2.add_product(b1, a2);
  }
  void add(const CrossMoments& other) {
    a1a2.add(other.a1a2);
    a1b2.add(other.a1b2);
    b1a2.add(other.b1a2);
  }
};

/// Sums of one tally to those of another, place by place; both are of the same length.
template <class T>
void add_all(std::vector<T>& mine, const std::vector<T>& theirs) {
  for (std::size_t i = 0; i < mine.size(); ++i) mine[i].add(theirs[i]);
}

}  // namespace sojourn::engine
