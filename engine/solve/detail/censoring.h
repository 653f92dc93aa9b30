#pragma once
// The factors of I - Q, by taking states out of the chain.

#include "engine/solve/absorbing_chain.h"
#include "engine/solve/detail/fronts.h"

#include <Eigen/Core>

namespace sojourn::engine::detail {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Elimination without subtraction (Grassmann, Taksar & Heyman 1985): a state is taken out by sending its steps on to where
/// it would lead in the end, and 1 - q(i,i) is the sum of its other steps. All numbers stay positive and all sums
/// are of positive numbers, so each factor has a relative error of some n units in the last place, however unlikely
/// the way out is (O'Cinneide 1993). One matrix for each front.
///
/// Vectors are by position (`fronts().place`). Each function is about the states of one block, whose order is topological.
class Censoring {
 public:
  /// Without the blocks that are entangled or `closed` [block]. Steps to other blocks leave.
  Censoring(const AbsorbingChain& chain, const Components& blocks, const std::vector<bool>& closed, Fronts fronts);

  const Fronts& fronts() const { return fronts_; }
  /// How many numbers the factors hold.
  std::size_t numbers() const { return numbers_.size(); }

  /// Arrivals from outside become visits: x = b (I - Q)^-1.
  void visits(std::uint32_t block, std::span<double> arrivals) const;
  /// Rewards, with what follows after leaving, become values: h = (I - Q)^-1 r.
  void values(std::uint32_t block, std::span<double> rewards) const;

  /// The entries of Z = (I - Q)^-1 that stand in fronts, from the last front to the first:
  /// see(front, positions, matrix) with the positions of its pivots, then rows (Takahashi, Fagan & Chen 1973; Erisman &
  /// Tinney 1975). With the factors positive it needs no subtraction either.
  template <class See>
  void inverse(std::uint32_t block, See see) const {
    std::vector<Matrix> parts(fronts_.first[block + 1] - fronts_.first[block]);
    for (std::uint32_t f = fronts_.first[block + 1]; f-- > fronts_.first[block];) {
      const std::vector<std::uint32_t> positions = positions_of(f);
      see(fronts_.fronts[f], std::span(positions), inverse(f, positions, block, parts));
    }
  }

 private:
  using Numbers = Eigen::Map<const Matrix>;

  std::vector<std::uint32_t> positions_of(std::uint32_t front) const;
  Matrix inverse(std::uint32_t front, std::span<const std::uint32_t> positions, std::uint32_t block,
                 std::vector<Matrix>& parts) const;

  // A front's factors. Rows of its pivots [pivot][pivot, then row]: right of the diagonal, where a visit leads once earlier
  // states are taken out, as shares of what leaves; left of it, as below.
  Numbers pivot_rows(std::uint32_t front) const;
  // Columns of its pivots [row][pivot]: probability of the step to the pivot when that was taken out.
  Numbers pivot_columns(std::uint32_t front) const;

  Fronts fronts_;
  Eigen::Index largest_ = 0;  // size of a front
  std::vector<double> numbers_;
  std::vector<std::size_t> begin_;                    // [front] in numbers_
  std::vector<double> leaving_;                       // [position] 1 - q(i,i) when it was taken out
  std::vector<std::vector<std::uint32_t>> children_;  // [front]
};

}  // namespace sojourn::engine::detail
