#include "engine/solve/detail/reach.h"

#include <algorithm>
#include <cmath>

namespace sojourn::engine::detail {
namespace {

/// Sum of x e with Z e = 1.
double last_visits(Matrix z, const Eigen::VectorXd& x) {
  const Eigen::Index n = z.rows();
  Eigen::VectorXd e = Eigen::VectorXd::Ones(n);
  for (Eigen::Index k = 0; k < n; ++k) {
    // What is left of Z after k eliminations are the visits of one who is stopped at the first k states: 1 or more to where
    // one starts, 0 or more elsewhere. Rounding may not undo that.
    z(k, k) = std::max(z(k, k), 1.0);
    const Eigen::Index rest = n - k - 1;
    for (Eigen::Index i = k + 1; i < n; ++i) {
      const double factor = z(i, k) / z(k, k);
      if (factor == 0) continue;
      z.row(i).tail(rest) = (z.row(i).tail(rest) - factor * z.row(k).tail(rest)).cwiseMax(0.0);
      e(i) -= factor * e(k);
    }
  }
  for (Eigen::Index k = n; k-- > 0;) {
    e(k) = std::clamp((e(k) - z.row(k).tail(n - k - 1).dot(e.tail(n - k - 1))) / z(k, k), 0.0, 1.0);
  }
  return std::min(x.dot(e), 1.0);
}

struct Group {
  std::uint32_t number = 0;
  std::vector<std::uint32_t> positions;  // rising
};

/// Groups whose members are neighbours in the pattern of the factors: all of a group is in the front of its first.
void from_fronts(const Censoring& censoring, const Components& blocks, std::span<const Member> members,
                 std::span<const double> visits, std::vector<double>& reach) {
  const Fronts& fronts = censoring.fronts();
  std::vector<Group> groups;
  for (const Member& member : members) {
    if (groups.empty() || groups.back().number != member.group) groups.push_back({member.group, {}});
    groups.back().positions.push_back(fronts.place[member.state]);
  }
  for (Group& group : groups) std::sort(group.positions.begin(), group.positions.end());
  std::sort(groups.begin(), groups.end(),
            [](const Group& a, const Group& b) { return a.positions.front() < b.positions.front(); });
  const auto beginning_at = [&](std::uint32_t position) {
    return std::lower_bound(groups.begin(), groups.end(), position,
                            [](const Group& group, std::uint32_t p) { return group.positions.front() < p; });
  };
  std::vector<Eigen::Index> at;
  Eigen::VectorXd x;
  const auto see = [&](const Front& front, std::span<const std::uint32_t> positions, const Matrix& z) {
    const auto end = beginning_at(front.first + front.pivots);
    for (auto group = beginning_at(front.first); group != end; ++group) {
      at.clear();
      x.resize(static_cast<Eigen::Index>(group->positions.size()));
      for (const std::uint32_t position : group->positions) {
        x(static_cast<Eigen::Index>(at.size())) = visits[fronts.order[position]];
        at.push_back(std::lower_bound(positions.begin(), positions.end(), position) - positions.begin());
      }
      reach[group->number] = last_visits(z(at, at), x);
    }
  };
  for (std::uint32_t block = 0; block < blocks.count(); ++block) {
    const Front& first = fronts.fronts[fronts.first[block]];
    const Front& last = fronts.fronts[fronts.first[block + 1] - 1];
    if (beginning_at(first.first) != beginning_at(last.first + last.pivots)) censoring.inverse(block, see);
  }
}

/// Each column of Z by a solve: slow, but the factors need not be others than those for the visits.
void from_columns(const BlockSolver& solver, std::span<const Member> members, std::span<const double> visits,
                  std::vector<double>& reach) {
  std::vector<double> column(visits.size());
  for (std::size_t begin = 0, end = 0; begin < members.size(); begin = end) {
    while (end < members.size() && members[end].group == members[begin].group) ++end;
    const auto size = static_cast<Eigen::Index>(end - begin);
    Matrix z(size, size);
    Eigen::VectorXd x(size);
    for (Eigen::Index j = 0; j < size; ++j) {
      const std::uint32_t state = members[begin + static_cast<std::size_t>(j)].state;
      std::fill(column.begin(), column.end(), 0.0);
      column[state] = 1;
      solver.values(column);
      for (Eigen::Index i = 0; i < size; ++i) z(i, j) = column[members[begin + static_cast<std::size_t>(i)].state];
      x(j) = visits[state];
    }
    reach[members[begin].group] = last_visits(std::move(z), x);
  }
}

}  // namespace

std::vector<double> reach(const BlockSolver& solver, std::span<const double> visits, std::vector<Member> members,
                          std::uint32_t groups, const SolverBudget& budget) {
  // What is never visited does not matter, and from elsewhere in a group nothing leads there.
  std::erase_if(members, [&](const Member& member) { return visits[member.state] == 0; });
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  std::vector<double> reach(groups, 0.0);

  const AbsorbingChain& chain = solver.chain();
  Network network = chain.network();
  std::vector<Edge> edges;
  double pairs = 0;
  for (std::size_t begin = 0, end = 0; begin < members.size(); begin = end) {
    while (end < members.size() && members[end].group == members[begin].group) ++end;
    pairs += 0.5 * double(end - begin) * double(end - begin - 1);
    if (pairs > budget.numbers) break;
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t j = begin; j < i; ++j) edges.emplace_back(members[i].state, members[j].state);
      const std::size_t next = i + 1 < end ? i + 1 : begin;  // round the group, so that it is within one component
      if (next != i) network.links.push_back({members[i].state, members[next].state, 1});
    }
  }
  if (pairs == 0) {
    from_fronts(solver.censoring(), solver.blocks(), members, visits, reach);
    return reach;
  }
  if (pairs <= budget.numbers) {
    const Components blocks(network);
    for (std::uint32_t state = 0; state < chain.states(); ++state) {
      for (const AbsorbingChain::Step& step : chain.row(state)) {
        if (step.to < chain.states()) edges.emplace_back(state, step.to);
      }
    }
    Fronts fronts(chain.states(), edges, blocks, budget);
    if (!fronts.any_entangled) {
      from_fronts(Censoring(chain, blocks, std::vector<bool>(blocks.count(), false), std::move(fronts)), blocks,
                  members, visits, reach);
      return reach;
    }
  }
  const double each = 2 * double(solver.censoring().numbers()) + double(chain.steps().size());
  if (each * double(members.size()) > budget.multiplications) return {};
  from_columns(solver, members, visits, reach);
  return reach;
}

}  // namespace sojourn::engine::detail
