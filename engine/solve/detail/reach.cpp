#include "engine/solve/detail/reach.h"

#include <algorithm>
#include <optional>

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
void from_fronts(const Censoring& censoring, const Components& blocks,
                 std::span<const std::span<const Member>> groups_of_members, std::span<const double> visits,
                 std::vector<double>& reach) {
  const Fronts& fronts = censoring.fronts();
  std::vector<Group> groups;
  for (const auto members : groups_of_members) {
    groups.push_back({members.front().group, {}});
    for (const Member& member : members) groups.back().positions.push_back(fronts.place[member.state]);
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

/// Each column of Z by a solve.
double from_columns(const BlockSolver& solver, std::span<const Member> members, std::span<const double> visits) {
  std::vector<double> column(visits.size());
  const auto size = static_cast<Eigen::Index>(members.size());
  Matrix z(size, size);
  Eigen::VectorXd x(size);
  for (Eigen::Index j = 0; j < size; ++j) {
    const std::uint32_t state = members[static_cast<std::size_t>(j)].state;
    std::fill(column.begin(), column.end(), 0.0);
    column[state] = 1;
    solver.values(column);
    for (Eigen::Index i = 0; i < size; ++i) z(i, j) = column[members[static_cast<std::size_t>(i)].state];
    x(j) = visits[state];
  }
  return last_visits(std::move(z), x);
}

/// The visits to the group if each is the end; nothing if that cannot be solved.
std::optional<double> from_stopped(const BlockSolver& solver, std::span<const Member> members,
                                   std::span<const double> start) {
  const AbsorbingChain& chain = solver.chain();
  std::vector<bool> stops(chain.states());
  for (const Member& member : members) stops[member.state] = true;
  std::vector<Transition> transitions;
  transitions.reserve(chain.steps().size());
  for (std::uint32_t state = 0; state < chain.states(); ++state) {
    if (stops[state]) transitions.push_back({state, chain.ends(), 1.0});
    for (const AbsorbingChain::Step& step : chain.row(state)) {
      if (!stops[state]) transitions.push_back({state, step.to, step.probability});
    }
  }
  const BlockSolver stopped(AbsorbingChain(chain.states(), chain.exits() + 1, std::move(transitions)), solver.budget());
  if (stopped.entangled()) return {};
  std::vector<double> visits(start.begin(), start.end());
  stopped.visits(visits);
  double reach = 0;
  for (const Member& member : members) reach += visits[member.state];
  return std::min(reach, 1.0);
}

/// One group after another.
bool one_by_one(const BlockSolver& solver, std::span<const std::span<const Member>> groups,
                std::span<const double> start, std::span<const double> visits, std::vector<double>& reach) {
  const double solve = 2 * double(solver.censoring().numbers()) + double(solver.chain().steps().size());
  const double factorise = solver.censoring().fronts().multiplications + 20 * solve;
  double left = solver.budget().multiplications;
  for (const auto group : groups) left -= std::min(double(group.size()) * solve, factorise);
  if (left < 0) return false;
  for (const auto group : groups) {
    if (double(group.size()) * solve <= factorise) {
      reach[group.front().group] = from_columns(solver, group, visits);
    } else {
      const std::optional<double> found = from_stopped(solver, group, start);
      if (!found) return false;
      reach[group.front().group] = *found;
    }
  }
  return true;
}

/// Factors for groups whose members are made neighbours.
std::optional<Censoring> factors_of(const BlockSolver& solver, std::span<const std::span<const Member>> groups,
                                    std::optional<Components>& blocks) {
  const AbsorbingChain& chain = solver.chain();
  Network network = chain.network();
  std::vector<Edge> edges;
  for (const Link& link : network.links) {
    if (link.to < chain.states()) edges.emplace_back(link.from, link.to);
  }
  for (const auto group : groups) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) edges.emplace_back(group[i].state, group[j].state);
      // Round the group, so that it is within one component.
      if (group.size() > 1) network.links.push_back({group[i].state, group[(i + 1) % group.size()].state, 1});
    }
  }
  blocks.emplace(network);
  Fronts fronts(chain.states(), edges, *blocks, solver.budget());
  if (fronts.any_entangled) return {};
  return Censoring(chain, *blocks, std::vector<bool>(blocks->count(), false), std::move(fronts));
}

constexpr std::size_t large = 1000;  // members; larger groups are solved one by one
constexpr double most_pairs = 2e7;   // of neighbours that groups may make

}  // namespace

std::vector<double> reach(const BlockSolver& solver, std::span<const double> start, std::span<const double> visits,
                          std::vector<Member> members, std::uint32_t groups) {
  // What is never visited does not matter, and from elsewhere in a group nothing leads there.
  std::erase_if(members, [&](const Member& member) { return visits[member.state] == 0; });
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  std::vector<std::span<const Member>> together, apart;
  double pairs = 0;
  for (std::size_t begin = 0, end = 0; begin < members.size(); begin = end) {
    while (end < members.size() && members[end].group == members[begin].group) ++end;
    const std::size_t size = end - begin;
    (size > large ? apart : together).push_back(std::span(members).subspan(begin, size));
    if (size <= large) pairs += 0.5 * double(size) * double(size - 1);
  }

  std::vector<double> reach(groups, 0.0);
  if (pairs == 0) {
    from_fronts(solver.censoring(), solver.blocks(), together, visits, reach);
  } else {
    std::optional<Components> blocks;
    std::optional<Censoring> censoring;
    if (pairs <= most_pairs) censoring = factors_of(solver, together, blocks);
    if (censoring)
      from_fronts(*censoring, *blocks, together, visits, reach);
    else
      apart.insert(apart.end(), together.begin(), together.end());
  }
  if (!one_by_one(solver, apart, start, visits, reach)) return {};
  return reach;
}

}  // namespace sojourn::engine::detail
