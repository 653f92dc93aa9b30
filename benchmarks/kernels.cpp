// What a step can cost here: the walk of benchmarks/graph.py's journey written for nothing else, beside the textbook's and a good
// scalar one. Each draws as the engine must (Philox4x32-10 keyed by touchpoint, agent and ordinal of the visit; inversion;
// every agent to its end; sums in integers), but for the textbook's and the scalar one's own generators.
//
//   kernels GRAPH KERNEL AGENTS    prints visits, seconds of CPU and mean satisfaction
//
// Lanes are the engine's (engine/base/lanes.inl), of the machine this is built on.
#define HWY_COMPILE_ONLY_STATIC

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
  // [node][kRow]: median, sigma, mean, sd, pain, severity, two empty; then to, weight, mood, cumulated weight of kEdges edges.
  static constexpr std::size_t kEdges = 8, kNumbers = 8, kGiven = 6, kRow = kNumbers + 4 * kEdges;
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
    for (std::size_t i = 0; i < Graph::kGiven; ++i) file >> row[i];
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
  alignas(64) std::uint64_t node[kLanes], agent[kLanes], visits[kLanes] = {};
  alignas(64) double mood[kLanes], peak[kLanes], weighted[kLanes], end[kLanes];
  Whole ordinal, row;
  Whole draws[4];
  Real experience, mood_now;
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
  std::vector<std::uint64_t> sums(4 * (g.nodes + 1), 0);  // the last for lanes that nobody is left for
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
    a.visits[l] = 0;
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
    for (Lanes& a : all) {
      a.mood_now = in(a.mood);
      std::uint64_t* sum[kLanes];
      for (std::size_t l = 0; l < kLanes; ++l) sum[l] = &sums[4 * a.node[l]];
      if constexpr (what == What::walk) {
        for (std::size_t l = 0; l < kLanes; ++l) ++*sum[l];
      } else {
        const Row numbers = load_row(table, a.row, 8);
        const Real z1 = formula::normal(normals, uniform(a.draws[0]));
        const Real z2 = formula::normal(normals, uniform(a.draws[1]));
        const Real ms = numbers.at[0] * formula::exp_within(numbers.at[1] * z1);
        Real x = numbers.at[2] + numbers.at[3] * z2;
        x = select(x < Real(0.0), Real(0.0), select(x > Real(10.0), Real(10.0), x));
        x = select(uniform(a.draws[3]) < numbers.at[4], x - numbers.at[5], x);
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
        add_fours({Whole(1), index_of(ms), index_of(x * Real(1e9)), index_of(m * Real(1e9))}, sum);
      }
      store(load(a.visits) + Whole(1), a.visits);
    }
    // The next node: the first edge whose cumulated weight is above the threshold.
    for (std::size_t v = 0; v < kVectors; ++v) {
      Lanes& a = all[v];
      Real u = uniform(a.draws[2]);
      const Row to = load_row(table + Graph::kNumbers, a.row, degree);
      Real up_to[Graph::kEdges];
      if constexpr (what == What::full) {
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
      const Whole next = select(valid, index_of(chosen), nobody);
      out.visits += count(valid);
      store(next, a.node);
      const Flag ended = valid & (next == nobody);
      if (none(ended)) continue;
      each(ended, [&](std::size_t l) HWY_ATTR {
        out.satisfaction += 0.25 * a.peak[l] + 0.25 * a.end[l] + 0.5 * a.weighted[l] / static_cast<double>(a.visits[l]);
        --live;
        enter(v, l);
      });
    }
  }
  return out;
}

template <What what>
Outcome walk(const Graph& g, std::uint64_t agents) {
  if (g.degree == 5) return walk<what, 5>(g, agents);
  if (g.degree == 8) return walk<what, 8>(g, agents);
  std::fprintf(stderr, "kernels: limit kernels are made for 5 or 8 edges, not %u\n", g.degree);
  std::exit(66);
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
