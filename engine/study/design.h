#pragma once
// Designs of experiments: which points of the unit cube are looked at. A column belongs to a named factor; its luck is that of
// seed and name, so that equal plans give equal points everywhere.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sojourn::engine {

/// A matrix of doubles, [row][column].
class Design {
 public:
  Design(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns), cells_(rows * columns, 0.0) {}
  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  double& at(std::size_t row, std::size_t column) { return cells_[row * columns_ + column]; }
  double at(std::size_t row, std::size_t column) const { return cells_[row * columns_ + column]; }
  std::span<const double> row(std::size_t i) const { return {cells_.data() + i * columns_, columns_}; }

 private:
  std::size_t rows_, columns_;
  std::vector<double> cells_;
};

inline constexpr std::size_t kMostDesignCells = 50'000'000;

/// Every combination of levels 0..levels[c] - 1 (the cells); the last column changes fastest. One row where there is no column.
Design grid(std::span<const std::size_t> levels);

/// A row where all factors are at their base (cells kAtBase), then for each column a row for each of its levels, the others at
/// their base.
inline constexpr double kAtBase = -1;
Design one_at_a_time(std::span<const std::size_t> levels);

/// McKay, Beckman & Conover 1979: in each column each of the `points` equal parts of (0, 1) holds one point, at a random place
/// within it. 0 < points < 2^24.
Design latin_hypercube(std::size_t points, const std::vector<std::string>& names, std::uint64_t seed);

/// The first `points` of Sobol's sequence (Boost's, with the directions of Joe & Kuo 2008), the origin included (Owen 2020, "On dropping the first Sobol' point"), each
/// column scrambled by Owen's nested permutation. Of 2^k points each of the 2^k equal parts of every column holds one. At most
/// 3667 columns, points < 2^31.
Design sobol(std::size_t points, const std::vector<std::string>& names, std::uint64_t seed);

/// Saltelli et al. 2010, "Variance based sensitivity analysis of model output", sec. 3: A and B are the two halves of a scrambled Sobol sequence in
/// twice as many columns. Row j (k + 2) is A_j, the next k are A_j with column i from B_j, then B_j: the order of SALib without second
/// order. points (k + 2) rows.
Design saltelli(std::size_t points, const std::vector<std::string>& names, std::uint64_t seed);

/// Morris 1991, "Factorial sampling plans for preliminary computational experiments": each of the trajectories has k + 1 rows, on
/// levels 0, 1/(levels - 1), ..., 1; each step moves one column by levels / (2 (levels - 1)), up or down, each column once, in random order.
/// levels even.
Design morris(std::size_t trajectories, std::size_t levels, const std::vector<std::string>& names, std::uint64_t seed);

/// How far a step of morris() goes.
constexpr double morris_step(std::size_t levels) {
  return static_cast<double>(levels) / (2 * static_cast<double>(levels - 1));
}

}  // namespace sojourn::engine
