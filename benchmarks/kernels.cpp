// What a step can cost here: the walk of benchmarks/graph.py's journey written for nothing else, beside the textbook's and a good
// scalar one. The limit kernels draw as the engine must (Philox4x32-10 keyed by touchpoint, agent and ordinal of the visit, once more for
// a pain; inversion; every agent to its end) and count what it is asked for in integers: a touchpoint's visits and first visits, six
// measures and duration, pains, flows, and of each agent the shares of its answers. `plain` is the full step with what the scalar ones count:
// three measures and no answers.
//
//   kernels GRAPH KERNEL AGENTS    prints visits, seconds of CPU and mean satisfaction

#include "benchmarks/limit.h"

#include <cmath>
#include <ctime>
#include <random>

namespace {

using namespace kernels;

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
      node = g.to(node, next(random));
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
      node = g.to(node, e);
      ++out.visits;
    }
    out.satisfaction += overall(f);
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace kernels::limit;
  if (argc != 4) {
    std::fprintf(stderr, "Usage: kernels GRAPH walk|fixed|plain|full|scalar|scalar_fixed|textbook AGENTS\n");
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
  else if (kernel == "plain")
    out = walk<What::plain>(g, agents);
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
