#pragma once
// The probability that a set of states is ever visited, for many sets at once.

#include "engine/solve/detail/block_solver.h"

namespace sojourn::engine::detail {

struct Member {
  std::uint32_t group = 0;
  std::uint32_t state = 0;

  auto operator<=>(const Member&) const = default;
};

/// [group] probability that one of its members is visited, in a chain without traps that has these `visits` [state] from this
/// `start` [state]; empty where the budget does not suffice. A state may be in several groups.
///
/// By the last visit to the group G: it is at state r with probability x(r) e(r), x
/// being the visits and e(r) the probability to leave r and never come to G again, so reach = sum of x(r) e(r) over G.
/// Visits to G that start at r end with exactly one last one: sum over s in G of Z(r,s) e(s) = 1 with Z = (I - Q)^-1. So
/// only Z among G's members is needed. It stands in the factors' fronts if G's members are made neighbours of each other
/// before the order of elimination is chosen.
///
/// Its error: let the entries of Z have relative errors u. Then e changes by -S dZ e with S the inverse of Z among G,
/// and reach by x S dZ e up to u^2. x S = y >= 0 is the distribution of the first visit to G, and |dZ| <= u Z, so the
/// change is at most u y Z e = u y 1 = u reach. Z among G is the inverse of an M-matrix, and so its elimination without
/// pivots leaves inverses of M-matrices (Johnson & Smith 2011), which are positive: rounding there is a relative error of
/// the entries too (Higham 2002, theorem 9.3). However rarely G is left, reach is accurate.
///
/// Where that would fill in too much, or a group is large, its Z is solved for column by column, or the chain is factorised
/// again with that group's states as ends, whatever costs less.
std::vector<double> reach(const BlockSolver& solver, std::span<const double> start, std::span<const double> visits,
                          std::vector<Member> members, std::uint32_t groups);

}  // namespace sojourn::engine::detail
