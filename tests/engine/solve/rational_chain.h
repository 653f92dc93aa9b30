#pragma once
// The exact answers of small chains, by Gauss-Jordan elimination in rational numbers.

#include "engine/solve/absorbing_chain.h"

#include <gtest/gtest.h>
#include <boost/multiprecision/cpp_int.hpp>

#include <cmath>
#include <random>
#include <span>

namespace sojourn::engine::testing {

using Rational = boost::multiprecision::cpp_rational;
using RationalVector = std::vector<Rational>;
using RationalMatrix = std::vector<RationalVector>;

/// 0 to n - 1.
inline std::uint32_t below(std::mt19937& chance, std::uint32_t n) { return static_cast<std::uint32_t>(chance() % n); }

/// I - Q, every double taken for the number it is, and 1 - q(i,i) for the sum of the other probabilities of the row.
inline RationalMatrix system_of(const AbsorbingChain& chain) {
  RationalMatrix matrix(chain.states(), RationalVector(chain.states()));
  for (std::uint32_t i = 0; i < chain.states(); ++i) {
    for (const auto& step : chain.row(i)) {
      if (step.to == i) continue;
      matrix[i][i] += Rational(step.probability);
      if (step.to < chain.states()) matrix[i][step.to] -= Rational(step.probability);
    }
  }
  return matrix;
}

inline RationalMatrix inverse(RationalMatrix a) {
  const std::size_t n = a.size();
  RationalMatrix z(n, RationalVector(n));
  for (std::size_t i = 0; i < n; ++i) z[i][i] = 1;
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    while (a[pivot][k] == 0) ++pivot;
    std::swap(a[pivot], a[k]);
    std::swap(z[pivot], z[k]);
    const Rational scale = 1 / a[k][k];
    for (std::size_t j = 0; j < n; ++j) a[k][j] *= scale, z[k][j] *= scale;
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k || a[i][k] == 0) continue;
      const Rational factor = a[i][k];
      for (std::size_t j = 0; j < n; ++j) a[i][j] -= factor * a[k][j], z[i][j] -= factor * z[k][j];
    }
  }
  return z;
}

/// Expected visits.
inline RationalVector visits_of(const RationalMatrix& z, std::span<const double> start) {
  RationalVector visits(z.size());
  for (std::size_t i = 0; i < z.size(); ++i) {
    if (start[i] == 0) continue;
    for (std::size_t j = 0; j < z.size(); ++j) visits[j] += Rational(start[i]) * z[i][j];
  }
  return visits;
}

/// The probability that one of the `wanted` states is ever visited: that of ending there when they are ends.
inline Rational reach_of(const AbsorbingChain& chain, std::span<const double> start, const std::vector<bool>& wanted) {
  RationalMatrix stopped = system_of(chain);
  for (std::uint32_t i = 0; i < chain.states(); ++i) {
    if (!wanted[i]) continue;
    for (Rational& entry : stopped[i]) entry = 0;
    stopped[i][i] = 1;
  }
  const RationalVector visits = visits_of(inverse(stopped), start);
  Rational reach = 0;
  for (std::uint32_t i = 0; i < chain.states(); ++i) {
    if (wanted[i]) reach += visits[i];
  }
  return reach;
}

/// |value - exact| <= tolerance |exact|, all of it in rationals.
inline void expect_relative(double value, const Rational& exact, double tolerance) {
  ASSERT_TRUE(std::isfinite(value)) << "instead of " << exact.convert_to<double>();
  EXPECT_LE(abs(Rational(value) - exact), Rational(tolerance) * abs(exact))
      << value << " instead of " << exact.convert_to<double>();
}

/// A random chain whose probabilities are multiples of 2^-50, some near 2^-40 (1e-12), and sum to 1 exactly. An exit can be
/// reached from each state. `rare`: exits are always that unlikely.
inline AbsorbingChain random_chain(std::uint32_t states, std::uint32_t exits, std::mt19937& chance, bool rare) {
  constexpr double unit = 0x1p-50;
  std::vector<Transition> transitions;
  for (std::uint32_t i = 0; i < states; ++i) {
    double left = 1;
    const std::uint32_t links = 1 + below(chance, 4);
    for (std::uint32_t k = 0; k < links; ++k) {
      const double share = below(chance, 3) == 0 ? double(1 + below(chance, 4096)) * unit
                                                 : double(below(chance, 1024)) / 1024 * left / 2;
      const double rounded = std::floor(share / unit) * unit;
      transitions.push_back({i, below(chance, states), rounded});
      left -= rounded;
    }
    // On to the next state, and from the last one out.
    const double on = i + 1 == states && rare ? 4 * unit : std::floor(left / 2 / unit) * unit;
    transitions.push_back({i, i + 1, on});
    left -= on;
    const double out = rare ? 0 : std::floor(left * double(below(chance, 2)) / 8 / unit) * unit;
    transitions.push_back({i, states + below(chance, exits), out});
    left -= out;
    transitions.push_back({i, below(chance, i + 1), left});  // back, or again
  }
  return {states, exits, std::move(transitions)};
}

}  // namespace sojourn::engine::testing
