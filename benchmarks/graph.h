#pragma once
// The journey of benchmarks/graph.py as the kernels read it, and what walking through it comes to.

#include "engine/random/luck.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace kernels {

namespace engine = sojourn::engine;

struct Graph {
  std::uint32_t nodes = 0, degree = 0;
  // [node][kRow]: median, sigma, mean, sd, pain, severity, two empty; then to, weight, mood, cumulated weight of kEdges edges.
  static constexpr std::size_t kEdges = 8, kNumbers = 8, kGiven = 6, kRow = kNumbers + 4 * kEdges;
  static constexpr int kFlowShift = 20;  // of an edge's end, behind the touchpoint that it leads to
  std::vector<double> rows;
  std::vector<std::uint64_t> keys;  // [node]
  double number(std::uint32_t node, std::size_t i) const { return rows[node * kRow + i]; }
  std::uint32_t to(std::uint32_t node, std::size_t e) const {
    return static_cast<std::uint64_t>(number(node, kNumbers + e)) & ((1U << kFlowShift) - 1);
  }
  double weight(std::uint32_t node, std::size_t e) const { return number(node, kNumbers + kEdges + e); }
  double mood(std::uint32_t node, std::size_t e) const { return number(node, kNumbers + 2 * kEdges + e); }
  double up_to(std::uint32_t node, std::size_t e) const { return number(node, kNumbers + 3 * kEdges + e); }
};

inline Graph read(const char* path) {
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
      row[Graph::kNumbers + e] += static_cast<double>(node * Graph::kEdges + e) * (1U << Graph::kFlowShift);
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

inline constexpr double kAnchor = 5, kExpectation = 6, kLoss = 2, kStep = 0.3;

/// What a touchpoint's visits come to, as integers.
struct Sums {
  std::int64_t visits = 0, ms = 0, experience = 0, satisfaction = 0;
};

}  // namespace kernels
