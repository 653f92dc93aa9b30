#pragma once
// The limit kernels: what a step can cost here in lanes of doubles, those of engine/base/lanes.inl for the machine that this is built on.
// Agents are refilled as they end; everybody ends.
#define HWY_COMPILE_ONLY_STATIC

#include "benchmarks/graph.h"
#include "engine/base/math.h"
#include "engine/random/quantile.h"

#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace kernels {
namespace limit {
#undef SOJOURN_FORMULA
#define SOJOURN_FORMULA HWY_INLINE
#include "engine/base/lanes.inl"
namespace formula {
using engine::kLn2High;
using engine::kLn2Low;
using engine::kTableFirst;
using engine::kTableStep;
using engine::kWholeShift;
using engine::NormalTable;
using engine::Quantile;
HWY_INLINE Real picked(const Quantile&, Real u) { return u; }
#include "engine/base/math.inl"
#include "engine/random/quantile.inl"
}  // namespace formula

/// Philox4x32-10 of lanes that are at different places.
HWY_INLINE void philox(Whole c[4], Whole key) {
  Whole k0 = key;
  Whole k1 = down<32>(key);
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    const Whole p0 = low_product(c[0], 0xD2511F53);
    const Whole p1 = low_product(c[2], 0xCD9E8D57);
    c[0] = down<32>(p1) ^ c[1] ^ k0;
    c[1] = p1;
    c[2] = down<32>(p0) ^ c[3] ^ k1;
    c[3] = p0;
    k0 = k0 + Whole(0x9E3779B9);
    k1 = k1 + Whole(0xBB67AE85);
  }
}

HWY_INLINE Real uniform(Whole word) { return (number(word & Whole(0xffff'ffff)) + Real(0.5)) * Real(0x1p-32); }

enum class What { walk, fixed, plain, full };

/// What a touchpoint's visits come to in a limit kernel: visits, and first ones from bit 32 on; six measures in nano; milliseconds.
constexpr std::size_t kSums = 8;

HWY_INLINE Whole nano(Real x) { return index_of(x * Real(1e9)); }

/// Agents at their ends, who wait until there is a vector of them, and what they come to.
class Endings {
 public:
  HWY_INLINE void add(double peak, double end, double weighted, std::uint64_t visits) {
    peak_[n_] = peak, end_[n_] = end, weighted_[n_] = weighted, visits_[n_] = static_cast<double>(visits);
    if (++n_ == kLanes) tally();
  }

  /// The sum of overall satisfactions, which hangs on the answers' sums, too, so that these are made.
  double finish() {
    if (n_ > 0) tally();
    double sum = 0;
    for (std::size_t l = 0; l < kLanes; ++l) sum += satisfaction_[l];
    for (const Whole& share : shares_) {
      alignas(64) std::uint64_t counted[kLanes];
      store(share, counted);
      if (counted[0] > std::uint64_t{1} << 62) sum = 0;
    }
    for (const Real& square : squares_) {
      if (!none(square < Real(0.0))) sum = 0;
    }
    return sum;
  }

 private:
  HWY_INLINE void tally() {
    const Flag there = first_lanes(n_);
    n_ = 0;
    const Real at(0.0);
    const Real visits = from(visits_);
    Real overall = Real(0.25) * from(peak_) + Real(0.25) * from(end_) + Real(0.5) * from(weighted_) / visits;
    overall = select(there, overall, at);
    Whole below(0);
    for (std::size_t k = 0; k < 10; ++k) {
      const double threshold = static_cast<double>(k) + 0.5;
      const Whole up_to = nano(formula::logistic(Real(threshold) - overall));
      count(k, select(there, up_to - below, Whole(0)));
      below = up_to;
    }
    count(10, select(there, Whole(1'000'000'000) - below, Whole(0)));
    put(from(satisfaction_) + overall, satisfaction_);
  }

  HWY_INLINE void count(std::size_t k, Whole share) {
    shares_[k] = shares_[k] + share;
    const Real x = number(share);
    squares_[k] = squares_[k] + x * x;
  }
  static HWY_INLINE Real from(const double* p) { return from_bits(load(reinterpret_cast<const std::uint64_t*>(p))); }
  static HWY_INLINE void put(Real r, double* p) { store(bits_of(r), reinterpret_cast<std::uint64_t*>(p)); }

  std::size_t n_ = 0;
  alignas(64) double peak_[kLanes] = {}, end_[kLanes] = {}, weighted_[kLanes] = {}, visits_[kLanes] = {};
  alignas(64) double satisfaction_[kLanes] = {};
  Whole shares_[11] = {Whole(0), Whole(0), Whole(0), Whole(0), Whole(0), Whole(0),
                       Whole(0), Whole(0), Whole(0), Whole(0), Whole(0)};
  Real squares_[11] = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
};

/// Up to eight numbers of each lane's row.
struct Row {
  Real at[8];
};
HWY_INLINE Row load_row(const double* table, Whole row, std::size_t n) {
  Row loaded;
  for (std::size_t i = 0; i < n; i += 4) {
    const FourReals four = four_at(table + i, row);
    loaded.at[i] = four.a, loaded.at[i + 1] = four.b, loaded.at[i + 2] = four.c, loaded.at[i + 3] = four.d;
  }
  return loaded;
}

/// Some agents, one a lane.
struct Lanes {
  alignas(64) std::uint64_t node[kLanes], agent[kLanes], visits[kLanes] = {}, ms[kLanes], flow[kLanes];
  alignas(64) double mood[kLanes], peak[kLanes], weighted[kLanes], end[kLanes];
  Whole ordinal, row;
  Whole draws[4];
  Real mood_now;
  std::uint16_t* counted[kLanes];
};

HWY_INLINE Real in(const double* p) { return from_bits(load(reinterpret_cast<const std::uint64_t*>(p))); }
HWY_INLINE void put(Real r, double* p) { store(bits_of(r), reinterpret_cast<std::uint64_t*>(p)); }

/// Rows are loaded and turned round, not gathered, and several vectors go through each stage in turn: as fast as the author knows how
/// with doubles.
template <What what, std::size_t degree>
Outcome walk(const Graph& g, std::uint64_t agents) {
  constexpr std::size_t kVectors = 6;
  const engine::NormalTable normals;
  const double* table = g.rows.data();
  std::vector<std::uint16_t> ordinals(kVectors * kLanes * (g.nodes + 1), 0);
  constexpr bool everything = what == What::fixed || what == What::full;
  std::vector<std::uint64_t> sums(kSums * (g.nodes + 1), 0);  // the last for lanes that nobody is left for
  std::vector<std::uint32_t> pains(g.nodes + 1, 0), flows((g.nodes + 1) * Graph::kEdges, 0);
  std::vector<std::uint32_t> met(kVectors * kLanes, 0);
  Endings endings;
  std::vector<std::uint64_t> keys = g.keys;
  keys.push_back(0);
  Outcome out;
  std::vector<Lanes> all(kVectors);
  std::uint64_t next_agent = 0;
  std::uint64_t live = 0;
  const auto enter = [&](std::size_t v, std::size_t l) HWY_ATTR {
    Lanes& a = all[v];
    std::uint16_t* counts = &ordinals[(v * kLanes + l) * (g.nodes + 1)];
    std::fill_n(counts, g.nodes, std::uint16_t{0});
    a.counted[l] = counts;
    const bool one_more = next_agent < agents;
    a.node[l] = one_more ? 0 : g.nodes;
    a.agent[l] = next_agent;
    a.mood[l] = kAnchor;
    a.peak[l] = a.weighted[l] = a.end[l] = 0;
    a.visits[l] = a.ms[l] = 0;
    if (one_more) ++next_agent, ++live;
  };
  for (std::size_t v = 0; v < kVectors; ++v) {
    for (std::size_t l = 0; l < kLanes; ++l) enter(v, l);
  }
  while (live > 0) {
    for (Lanes& a : all) {
      alignas(64) std::uint64_t key[kLanes];
      for (std::size_t l = 0; l < kLanes; ++l) key[l] = keys[a.node[l]];
      a.ordinal = shorts([&](std::size_t l) HWY_ATTR { return a.counted[l][a.node[l]]++; });
      const Whole node = load(a.node);
      a.row = low_product(select(node == Whole(g.nodes), Whole(0), node), Graph::kRow);
      a.draws[0] = load(a.agent), a.draws[1] = Whole(0), a.draws[2] = a.ordinal, a.draws[3] = Whole(0);
      philox(a.draws, load(key));
    }
    for (std::size_t v = 0; v < kVectors; ++v) {
      Lanes& a = all[v];
      a.mood_now = in(a.mood);
      std::uint64_t* sum[kLanes];
      for (std::size_t l = 0; l < kLanes; ++l) sum[l] = &sums[kSums * a.node[l]];
      if constexpr (what == What::walk) {
        for (std::size_t l = 0; l < kLanes; ++l) ++*sum[l];
      } else {
        const Row numbers = load_row(table, a.row, 8);
        const Real z1 = formula::normal(normals, uniform(a.draws[0]));
        const Real z2 = formula::normal(normals, uniform(a.draws[1]));
        const Whole ms = index_of(numbers.at[0] * formula::exp_within(numbers.at[1] * z1));
        Real x = numbers.at[2] + numbers.at[3] * z2;
        x = select(x < Real(0.0), Real(0.0), select(x > Real(10.0), Real(10.0), x));
        const Real performance = x;
        Real pain_draw = uniform(a.draws[3]);
        if constexpr (everything) {
          alignas(64) std::uint64_t key[kLanes];
          for (std::size_t l = 0; l < kLanes; ++l) key[l] = keys[a.node[l]];
          Whole draws[4] = {load(a.agent), Whole(0), a.ordinal, Whole(1)};
          philox(draws, load(key));
          pain_draw = uniform(draws[0]);
        }
        const Flag pain = pain_draw < numbers.at[4];
        x = select(pain, x - numbers.at[5], x);
        x = select(x < Real(0.0), Real(0.0), x);
        const Real d = x - Real(kExpectation);
        Real m = x + Real(0.5) * select(d < Real(0.0), Real(kLoss) * d, d);
        m = select(m < Real(0.0), Real(0.0), select(m > Real(10.0), Real(10.0), m));
        a.mood_now = a.mood_now + Real(kStep) * (m - a.mood_now);
        const Real was = in(a.peak);
        const Flag farther = magnitude(m - Real(kAnchor)) > magnitude(was - Real(kAnchor));
        put(select(farther | (load(a.visits) == Whole(0)), m, was), a.peak);
        put(in(a.weighted) + m, a.weighted);
        put(m, a.end);
        put(a.mood_now, a.mood);
        store(load(a.ms) + ms, a.ms);
        if constexpr (everything) {
          if (!none(pain)) {
            each(pain, [&](std::size_t l) HWY_ATTR { ++pains[a.node[l]], ++met[v * kLanes + l]; });
          }
          const Whole one = select(a.ordinal == Whole(0), Whole(1 + (std::uint64_t{1} << 32)), Whole(1));
          add_fours({one, nano(x), nano(Real(kExpectation)), nano(d)}, sum);
          add_fours({nano(m), nano(a.mood_now), nano(performance - x), ms}, sum, 4);
        } else {
          add_fours({Whole(1), ms, nano(x), nano(m)}, sum);
        }
      }
      store(load(a.visits) + Whole(1), a.visits);
    }
    // The next node: the first edge whose cumulated weight is above the threshold.
    for (std::size_t v = 0; v < kVectors; ++v) {
      Lanes& a = all[v];
      Real u = uniform(a.draws[2]);
      const Row to = load_row(table + Graph::kNumbers, a.row, degree);
      Real up_to[Graph::kEdges];
      if constexpr (what == What::full || what == What::plain) {
        const Row weight = load_row(table + Graph::kNumbers + Graph::kEdges, a.row, degree);
        const Row mood = load_row(table + Graph::kNumbers + 2 * Graph::kEdges, a.row, degree);
        const Real off = a.mood_now - Real(kAnchor);
        Real total(0.0);
        for (std::size_t e = 0; e < degree; ++e)
          up_to[e] = total = total + weight.at[e] * formula::exp_within(mood.at[e] * off);
      } else {
        const Row cumulated = load_row(table + Graph::kNumbers + 3 * Graph::kEdges, a.row, degree);
        for (std::size_t e = 0; e < degree; ++e) up_to[e] = cumulated.at[e];
      }
      u = u * up_to[degree - 1];
      Real chosen = to.at[degree - 1];
      for (std::size_t e = degree - 1; e-- > 0;) chosen = select(u < up_to[e], to.at[e], chosen);
      const Whole nobody(g.nodes);
      const Flag valid = without(first_lanes(kLanes), load(a.node) == nobody);
      const Whole end = index_of(chosen);  // where it leads, and from kFlowShift on which flow that is
      const Whole next = select(valid, end & Whole((std::uint64_t{1} << Graph::kFlowShift) - 1), nobody);
      if constexpr (everything) {
        store(down<Graph::kFlowShift>(end), a.flow);
        for (std::size_t l = 0; l < kLanes; ++l) ++flows[a.flow[l]];
      }
      out.visits += count(valid);
      store(next, a.node);
      const Flag ended = valid & (next == nobody);
      if (none(ended)) continue;
      each(ended, [&](std::size_t l) HWY_ATTR {
        if constexpr (everything) {
          endings.add(a.peak[l], a.end[l], a.weighted[l], a.visits[l]);
        } else {
          out.satisfaction +=
              0.25 * a.peak[l] + 0.25 * a.end[l] + 0.5 * a.weighted[l] / static_cast<double>(a.visits[l]);
        }
        --live;
        enter(v, l);
      });
    }
  }
  if constexpr (everything) out.satisfaction = endings.finish();
  return out;
}

template <What what>
Outcome walk(const Graph& g, std::uint64_t agents) {
  if (g.degree == 5) return walk<what, 5>(g, agents);
  if (g.degree == 8) return walk<what, 8>(g, agents);
  std::fprintf(stderr, "kernels: limit kernels are made for 5 or 8 edges, not %u\n", g.degree);
  std::exit(66);
}

}  // namespace limit
}  // namespace kernels
HWY_AFTER_NAMESPACE();
