#pragma once
// In which order a sparse matrix is eliminated, and what fills in: the structure of a multifrontal method.

#include "engine/graph/components.h"
#include "engine/solve/budget.h"

#include <cstddef>
#include <span>

namespace sojourn::engine::detail {

/// States that are eliminated together. Its matrix is that of its pivots and of the later states that they touch.
struct Front {
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  std::uint32_t first = 0;      // position of its first pivot
  std::uint32_t pivots = 0;     // that many positions on
  std::uint32_t rows = 0;       // later positions touched, fill included
  std::size_t rows_begin = 0;   // in Fronts::rows
  std::uint32_t parent = none;  // the front of the first of these rows, which all of them are in

  std::uint32_t size() const { return pivots + rows; }
};

using Edge = std::pair<std::uint32_t, std::uint32_t>;

/// Elimination without choice of pivots, block by block, in an order of little fill (Amestoy, Davis & Duff 1996), with
/// the elimination tree (Liu 1990) cut into fronts (Duff & Reid 1983), small ones merged though it stores some zeros
/// (Ashcraft & Grimes 1989).
struct Fronts {
  /// The pattern is that of the `edges` within blocks, in both directions.
  Fronts(std::uint32_t states, std::span<const Edge> edges, const Components& blocks, const SolverBudget& budget);

  std::vector<std::uint32_t> order;  // [position] state; block after block
  std::vector<std::uint32_t> place;  // [state] position
  std::vector<Front> fronts;         // children before parents, block after block
  std::vector<std::uint32_t> rows;   // of all fronts, each rising
  std::vector<std::uint32_t> first;  // [block] its first front, and the end
  std::vector<bool> entangled;       // [block] the budget did not suffice: it has no fronts
  bool any_entangled = false;
  double multiplications = 0;  // to eliminate those that are not

  std::span<const std::uint32_t> rows_of(const Front& front) const {
    return std::span(rows).subspan(front.rows_begin, front.rows);
  }

 private:
  void cut(std::span<const std::uint32_t> parent, std::span<const std::uint32_t> filled, const Components& blocks);
  void list_rows(std::span<const std::size_t> first_neighbour, std::span<const std::uint32_t> neighbours);
};

}  // namespace sojourn::engine::detail
