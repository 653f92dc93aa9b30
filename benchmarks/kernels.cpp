// What a step can cost here: the walk of benchmarks/graph.py's journey written for nothing else, beside the textbook's and a good
// scalar one. Each draws as the engine must (Philox4x32-10 keyed by touchpoint, agent and ordinal of the visit; inversion;
// every agent to its end; sums in integers), but for the textbook's and the scalar one's own generators.
//
//   kernels GRAPH KERNEL AGENTS    prints visits, seconds of CPU and mean satisfaction
//
// Lanes are the engine's (engine/base/lanes.inl), of the machine this is built on.
#define HWY_COMPILE_ONLY_STATIC

#include "engine/base/lanes.h"
#include "engine/base/math.h"
#include "engine/random/luck.h"
#include "engine/random/quantile.h"

#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace engine = sojourn::engine;

namespace {

struct Graph {
  std::uint32_t nodes = 0, degree = 0;
  // [node][kRow]: median, sigma, mean, sd, pain, severity; then to, weight, mood, cumulated weight of kEdges edges.
  static constexpr std::size_t kEdges = 8, kNumbers = 6, kRow = kNumbers + 4 * kEdges;
  std::vector<double> rows;
  std::vector<std::uint64_t> keys;  // [node]
  double number(std::uint32_t node, std::size_t i) const { return rows[node * kRow + i]; }
  double to(std::uint32_t node, std::size_t e) const { return number(node, kNumbers + e); }
  double weight(std::uint32_t node, std::size_t e) const { return number(node, kNumbers + kEdges + e); }
  double mood(std::uint32_t node, std::size_t e) const { return number(node, kNumbers + 2 * kEdges + e); }
  double up_to(std::uint32_t node, std::size_t e) const { return number(node, kNumbers + 3 * kEdges + e); }
};

Graph read(const char* path) {
  std::ifstream file(path);
  Graph g;
  if (!(file >> g.nodes >> g.degree) || g.degree > Graph::kEdges) {
    std::fprintf(stderr, "kernels: '%s' is no graph of benchmarks/graph.py with at most 8 edges\n", path);
    std::exit(66);
  }
  g.rows.assign(g.nodes * Graph::kRow, 0);
  for (std::uint32_t node = 0; node < g.nodes; ++node) {
    double* row = &g.rows[node * Graph::kRow];
    for (std::size_t i = 0; i < Graph::kNumbers; ++i) file >> row[i];
    double sum = 0;
    for (std::size_t e = 0; e < g.degree; ++e) {
      file >> row[Graph::kNumbers + e] >> row[Graph::kNumbers + Graph::kEdges + e] >>
          row[Graph::kNumbers + 2 * Graph::kEdges + e];
      sum += row[Graph::kNumbers + Graph::kEdges + e];
      row[Graph::kNumbers + 3 * Graph::kEdges + e] = sum;
    }
    const engine::PlaceKey key = engine::place_key(1, "t" + std::to_string(node));
    g.keys.push_back(key[0] | std::uint64_t{key[1]} << 32);
  }
  return g;
}

struct Outcome {
  std::uint64_t visits = 0;
  double satisfaction = 0;  // sum over agents
};

constexpr double kAnchor = 5, kExpectation = 6, kLoss = 2, kStep = 0.3;

/// What a touchpoint's visits come to, as integers.
struct Sums {
  std::int64_t visits = 0, ms = 0, experience = 0, satisfaction = 0;
};

// ---- scalar

struct Feeling {
  double mood = kAnchor, peak = 0, weighted = 0, end = 0;
  std::int64_t visits = 0, ms = 0;
};

void feel(Feeling& f, double experience) {
  const double d = experience - kExpectation;
  const double m = std::clamp(kAnchor + (experience - kAnchor) + 0.5 * (d < 0 ? kLoss * d : d), 0.0, 10.0);
  f.mood += kStep * (m - f.mood);
  f.weighted += m;
  f.end = m;
  if (f.visits++ == 0 || std::fabs(m - kAnchor) > std::fabs(f.peak - kAnchor)) f.peak = m;
}

double overall(const Feeling& f) {
  return f.visits == 0 ? kAnchor : 0.25 * f.peak + 0.25 * f.end + 0.5 * f.weighted / static_cast<double>(f.visits);
}

/// As a book has it: the standard library's generator and distributions, made where they are needed.
Outcome textbook(const Graph& g, std::uint64_t agents) {
  std::mt19937_64 random(1);
  std::vector<Sums> sums(g.nodes);
  Outcome out;
  for (std::uint64_t a = 0; a < agents; ++a) {
    Feeling f;
    for (std::uint32_t node = 0; node < g.nodes;) {
      const double ms = std::lognormal_distribution<>(std::log(g.number(node, 0)), g.number(node, 1))(random);
      double x = std::clamp(std::normal_distribution<>(g.number(node, 2), g.number(node, 3))(random), 0.0, 10.0);
      if (std::bernoulli_distribution(g.number(node, 4))(random)) x = std::max(0.0, x - g.number(node, 5));
      feel(f, x);
      f.ms += static_cast<std::int64_t>(ms);
      Sums& s = sums[node];
      s.visits += 1;
      s.ms += static_cast<std::int64_t>(ms);
      s.experience += static_cast<std::int64_t>(x * 1e9);
      s.satisfaction += static_cast<std::int64_t>(f.end * 1e9);
      std::vector<double> weights(g.degree);
      for (std::size_t e = 0; e < g.degree; ++e) {
        weights[e] = g.weight(node, e) * std::exp(g.mood(node, e) * (f.mood - kAnchor));
      }
      std::discrete_distribution<std::size_t> next(weights.begin(), weights.end());
      node = static_cast<std::uint32_t>(g.to(node, next(random)));
      ++out.visits;
    }
    out.satisfaction += overall(f);
  }
  return out;
}

/// xoshiro256++ (Blackman & Vigna 2021).
struct Xoshiro {
  std::uint64_t s[4] = {1, 2, 3, 0x9e3779b97f4a7c15};
  std::uint64_t word() {
    const auto rotated = [](std::uint64_t x, int by) { return x << by | x >> (64 - by); };
    const std::uint64_t result = rotated(s[0] + s[3], 23) + s[0];
    const std::uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotated(s[3], 45);
    return result;
  }
  double uniform() { return (static_cast<double>(word() >> 11) + 0.5) * 0x1p-53; }
};

/// What a good programmer writes in an afternoon: a fast generator, Box and Muller's pair, libm, nothing allocated.
template <bool heeds_mood>
Outcome scalar(const Graph& g, std::uint64_t agents) {
  Xoshiro random;
  std::vector<Sums> sums(g.nodes);
  Outcome out;
  for (std::uint64_t a = 0; a < agents; ++a) {
    Feeling f;
    for (std::uint32_t node = 0; node < g.nodes;) {
      const double radius = std::sqrt(-2 * std::log(random.uniform()));
      const double angle = 6.283185307179586 * random.uniform();
      const double ms = g.number(node, 0) * std::exp(g.number(node, 1) * radius * std::cos(angle));
      double x = std::clamp(g.number(node, 2) + g.number(node, 3) * radius * std::sin(angle), 0.0, 10.0);
      if (random.uniform() < g.number(node, 4)) x = std::max(0.0, x - g.number(node, 5));
      feel(f, x);
      f.ms += static_cast<std::int64_t>(ms);
      Sums& s = sums[node];
      s.visits += 1;
      s.ms += static_cast<std::int64_t>(ms);
      s.experience += static_cast<std::int64_t>(x * 1e9);
      s.satisfaction += static_cast<std::int64_t>(f.end * 1e9);
      double up_to[Graph::kEdges];
      double total = 0;
      for (std::size_t e = 0; e < g.degree; ++e) {
        total += heeds_mood ? g.weight(node, e) * std::exp(g.mood(node, e) * (f.mood - kAnchor)) : g.weight(node, e);
        up_to[e] = total;
      }
      const double u = random.uniform() * total;
      std::size_t e = 0;
      while (e + 1 < g.degree && u >= up_to[e]) ++e;
      node = static_cast<std::uint32_t>(g.to(node, e));
      ++out.visits;
    }
    out.satisfaction += overall(f);
  }
  return out;
}

}  // namespace

// ---- lanes: agents are refilled as they end; everybody ends

HWY_BEFORE_NAMESPACE();
namespace lanes {
namespace sojourn_lanes {
using namespace sojourn;  // NOLINT: lanes.inl speaks of engine::
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

enum class What { walk, fixed, full };

template <What what>
Outcome walk(const Graph& g, std::uint64_t agents) {
  constexpr std::size_t kVectors = 2;  // so that one waits while the other works
  const engine::NormalTable normals;
  std::vector<std::uint16_t> ordinals(kVectors * kLanes * g.nodes, 0);
  std::vector<std::uint64_t> sums(4 * g.nodes, 0);
  Outcome out;
  alignas(64) std::uint64_t node[kVectors][kLanes], agent[kVectors][kLanes], ordinal[kVectors][kLanes] = {};
  alignas(64) double mood[kVectors][kLanes], peak[kVectors][kLanes], weighted[kVectors][kLanes], end[kVectors][kLanes];
  alignas(64) std::uint64_t visits[kVectors][kLanes], elapsed[kVectors][kLanes];
  std::uint64_t next_agent = 0;
  std::uint64_t live = 0;
  const auto enter = [&](std::size_t v, std::size_t l) HWY_ATTR {
    std::fill_n(&ordinals[(v * kLanes + l) * g.nodes], g.nodes, std::uint16_t{0});
    const bool one_more = next_agent < agents;
    node[v][l] = one_more ? 0 : g.nodes;
    agent[v][l] = next_agent;
    mood[v][l] = kAnchor;
    peak[v][l] = weighted[v][l] = end[v][l] = 0;
    visits[v][l] = elapsed[v][l] = 0;
    if (one_more) ++next_agent, ++live;
  };
  for (std::size_t v = 0; v < kVectors; ++v) {
    for (std::size_t l = 0; l < kLanes; ++l) enter(v, l);
  }
  while (live > 0) {
    for (std::size_t v = 0; v < kVectors; ++v) {
      alignas(64) std::uint64_t row_of[kLanes], key[kLanes];
      for (std::size_t l = 0; l < kLanes; ++l) {
        const std::uint64_t at = node[v][l] < g.nodes ? node[v][l] : 0;
        row_of[l] = at * Graph::kRow;
        key[l] = g.keys[at];
        ordinal[v][l] = ordinals[(v * kLanes + l) * g.nodes + at]++;
      }
      const Whole row = load(row_of);
      const double* table = g.rows.data();
      Whole draws[4] = {load(agent[v]), Whole(0), load(ordinal[v]), Whole(0)};
      philox(draws, load(key));
      Real mood_now = from_bits(load(reinterpret_cast<const std::uint64_t*>(mood[v])));
      if constexpr (what != What::walk) {
        const Real z1 = formula::normal(normals, uniform(draws[0]));
        const Real z2 = formula::normal(normals, uniform(draws[1]));
        const Real ms = at(table, row) * formula::exp(at(table + 1, row) * z1);
        Real x = at(table + 2, row) + at(table + 3, row) * z2;
        x = select(x < Real(0.0), Real(0.0), select(x > Real(10.0), Real(10.0), x));
        const Flag hurt = uniform(draws[3]) < at(table + 4, row);
        x = select(hurt, x - at(table + 5, row), x);
        x = select(x < Real(0.0), Real(0.0), x);
        const Real d = x - Real(kExpectation);
        Real m = x + Real(0.5) * select(d < Real(0.0), Real(kLoss) * d, d);
        m = select(m < Real(0.0), Real(0.0), select(m > Real(10.0), Real(10.0), m));
        mood_now = mood_now + Real(kStep) * (m - mood_now);
        const auto in = [](double* p) HWY_ATTR { return from_bits(load(reinterpret_cast<const std::uint64_t*>(p))); };
        const auto put = [](Real r, double* p) HWY_ATTR { store(bits_of(r), reinterpret_cast<std::uint64_t*>(p)); };
        const Real was = in(peak[v]);
        const Flag farther = magnitude(m - Real(kAnchor)) > magnitude(was - Real(kAnchor));
        put(select(farther | (load(visits[v]) == Whole(0)), m, was), peak[v]);
        put(in(weighted[v]) + m, weighted[v]);
        put(m, end[v]);
        put(mood_now, mood[v]);
        const Whole whole_ms = index_of(ms);
        store(load(elapsed[v]) + whole_ms, elapsed[v]);
        alignas(64) std::uint64_t pairs[2][2][kLanes];
        store_pairs(Whole(1), whole_ms, pairs[0]);
        store_pairs(index_of(x * Real(1e9)), index_of(m * Real(1e9)), pairs[1]);
        for (std::size_t l = 0; l < kLanes; ++l) {
          if (node[v][l] >= g.nodes) continue;
          std::uint64_t* to = &sums[4 * node[v][l]];
          add_pair(&pairs[0][l & 1][l & ~std::size_t{1}], to);
          add_pair(&pairs[1][l & 1][l & ~std::size_t{1}], to + 2);
        }
      } else {
        for (std::size_t l = 0; l < kLanes; ++l)
          sums[4 * (node[v][l] < g.nodes ? node[v][l] : 0)] += node[v][l] < g.nodes;
      }
      store(load(visits[v]) + Whole(1), visits[v]);
      // The next node: the first edge whose cumulated weight is above the threshold.
      Real u = uniform(draws[2]);
      Real to = at(table + Graph::kNumbers + g.degree - 1, row);
      if constexpr (what == What::full) {
        alignas(64) std::uint64_t up_to[Graph::kEdges][kLanes];
        const Real off = mood_now - Real(kAnchor);
        Real total(0.0);
        for (std::size_t e = 0; e < g.degree; ++e) {
          total = total + at(table + Graph::kNumbers + Graph::kEdges + e, row) *
                              formula::exp(at(table + Graph::kNumbers + 2 * Graph::kEdges + e, row) * off);
          store(bits_of(total), up_to[e]);
        }
        u = u * total;
        for (std::size_t e = g.degree - 1; e-- > 0;) {
          to = select(u < from_bits(load(up_to[e])), at(table + Graph::kNumbers + e, row), to);
        }
      } else {
        u = u * at(table + Graph::kNumbers + 3 * Graph::kEdges + g.degree - 1, row);
        for (std::size_t e = g.degree - 1; e-- > 0;) {
          to = select(u < at(table + Graph::kNumbers + 3 * Graph::kEdges + e, row),
                      at(table + Graph::kNumbers + e, row), to);
        }
      }
      alignas(64) std::uint64_t following[kLanes];
      store(index_of(to), following);
      for (std::size_t l = 0; l < kLanes; ++l) {
        if (node[v][l] >= g.nodes) continue;  // nobody is left for this lane
        ++out.visits;
        node[v][l] = following[l];
        if (following[l] < g.nodes) continue;
        out.satisfaction +=
            0.25 * peak[v][l] + 0.25 * end[v][l] + 0.5 * weighted[v][l] / static_cast<double>(visits[v][l]);
        --live;
        enter(v, l);
      }
    }
  }
  return out;
}

}  // namespace sojourn_lanes
}  // namespace lanes
HWY_AFTER_NAMESPACE();

int main(int argc, char** argv) {
  using namespace lanes::sojourn_lanes;
  if (argc != 4) {
    std::fprintf(stderr, "Usage: kernels GRAPH walk|fixed|full|scalar|scalar_fixed|textbook AGENTS\n");
    return 2;
  }
  const Graph g = read(argv[1]);
  const std::string kernel = argv[2];
  const std::uint64_t agents = std::strtoull(argv[3], nullptr, 10);
  const std::clock_t start = std::clock();
  Outcome out;
  if (kernel == "walk")
    out = walk<What::walk>(g, agents);
  else if (kernel == "fixed")
    out = walk<What::fixed>(g, agents);
  else if (kernel == "full")
    out = walk<What::full>(g, agents);
  else if (kernel == "scalar")
    out = scalar<true>(g, agents);
  else if (kernel == "scalar_fixed")
    out = scalar<false>(g, agents);
  else if (kernel == "textbook")
    out = textbook(g, agents);
  else {
    std::fprintf(stderr, "kernels: no kernel '%s'\n", kernel.c_str());
    return 2;
  }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("{\"visits\": %llu, \"seconds\": %.6f, \"satisfaction\": %.4f}\n",
              static_cast<unsigned long long>(out.visits), seconds, out.satisfaction / static_cast<double>(agents));
}
