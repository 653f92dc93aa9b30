#pragma once
// The sums behind an estimate, exact and additive.

#include "engine/base/exact_sum.h"

namespace sojourn::engine {

/// First and second moment of a per-agent quantity.
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
};

/// What a ratio of two per-agent quantities (a per b) needs beside the moments of b.
struct RatioMoments {
  Moments a;
  WideSum ab;
  void add(std::int64_t x, std::int64_t per) {
    a.add(x);
    ab.add_product(x, per);
  }
  void add(const RatioMoments& other) {
    a.add(other.a);
    ab.add(other.ab);
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

}  // namespace sojourn::engine
