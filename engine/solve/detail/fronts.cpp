#include "engine/solve/detail/fronts.h"

#include <Eigen/OrderingMethods>
#include <Eigen/SparseCore>

#include <algorithm>
#include <numeric>

namespace sojourn::engine::detail {
namespace {

using Index = std::uint32_t;
constexpr Index none = Front::none;

/// Who touches whom, both ways.
struct Neighbours {
  Neighbours(Index states, std::span<const Edge> edges, const Components& blocks) : first(states + std::size_t{1}, 0) {
    const auto within = [&](const Edge& edge) {
      return edge.first != edge.second && blocks.of(edge.first) == blocks.of(edge.second);
    };
    for (const Edge& edge : edges) {
      if (within(edge)) ++first[edge.first + 1], ++first[edge.second + 1];
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    to.resize(first.back());
    std::vector<std::size_t> next(first.begin(), first.end() - 1);
    for (const Edge& edge : edges) {
      if (within(edge)) to[next[edge.first]++] = edge.second, to[next[edge.second]++] = edge.first;
    }
    std::size_t kept = 0;  // each neighbour once
    for (Index state = 0; state < states; ++state) {
      const auto begin = to.begin() + static_cast<std::ptrdiff_t>(first[state]);
      const auto end = to.begin() + static_cast<std::ptrdiff_t>(first[state + 1]);
      std::sort(begin, end);
      const auto last = std::unique(begin, end);
      first[state] = kept;
      kept =
          static_cast<std::size_t>(std::copy(begin, last, to.begin() + static_cast<std::ptrdiff_t>(kept)) - to.begin());
    }
    first[states] = kept;
    to.resize(kept);
  }

  std::span<const Index> of(Index state) const {
    return std::span(to).subspan(first[state], first[state + 1] - first[state]);
  }

  std::vector<std::size_t> first;  // [state], and the end
  std::vector<Index> to;
};

/// [position] state, of little fill.
std::vector<Index> ordered(Index states, const Neighbours& neighbours) {
  using Matrix = Eigen::SparseMatrix<double, Eigen::ColMajor, int>;
  Matrix pattern(states, states);
  pattern.resizeNonZeros(static_cast<Eigen::Index>(neighbours.to.size() + states));
  int next = 0;
  for (Index i = 0; i < states; ++i) {
    pattern.outerIndexPtr()[i] = next;
    // Eigen takes a column without diagonal for a dense one, and leaves it to the end.
    bool diagonal = false;
    const auto add = [&](Index row) { pattern.innerIndexPtr()[next++] = static_cast<int>(row); };
    for (const Index row : neighbours.of(i)) {
      if (row > i && !diagonal) add(i), diagonal = true;
      add(row);
    }
    if (!diagonal) add(i);
  }
  pattern.outerIndexPtr()[states] = next;
  std::fill_n(pattern.valuePtr(), next, 1.0);
  Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, int> permutation;
  Eigen::AMDOrdering<int> order;
  order(pattern, permutation);
  return {permutation.indices().begin(), permutation.indices().end()};
}

std::vector<Index> inverse(const std::vector<Index>& order) {
  std::vector<Index> place(order.size());
  for (Index position = 0; position < order.size(); ++position) place[order[position]] = position;
  return place;
}

/// [position] the first later position that its column fills, or none (Liu 1990, algorithm 4.2).
std::vector<Index> elimination_tree(const std::vector<Index>& order, const std::vector<Index>& place,
                                    const Neighbours& neighbours) {
  std::vector<Index> parent(order.size(), none);
  std::vector<Index> root(order.size(), none);
  for (Index i = 0; i < order.size(); ++i) {
    for (const Index neighbour : neighbours.of(order[i])) {
      for (Index j = place[neighbour]; j < i;) {
        const Index next = root[j];
        root[j] = i;
        if (next == none) parent[j] = i;
        if (next == none || next == i) break;
        j = next;
      }
    }
  }
  return parent;
}

/// Positions so that every subtree is contiguous and ends with its root, and blocks follow one another.
std::vector<Index> postorder(const std::vector<Index>& parent, const std::vector<Index>& block) {
  const auto n = static_cast<Index>(parent.size());
  std::vector<Index> child(n, none);  // the last; `before` leads on to the others
  std::vector<Index> before(n, none);
  std::vector<Index> roots;
  for (Index i = 0; i < n; ++i) {
    if (parent[i] == none) {
      roots.push_back(i);
    } else {
      before[i] = child[parent[i]];
      child[parent[i]] = i;
    }
  }
  std::stable_sort(roots.begin(), roots.end(), [&](Index a, Index b) { return block[a] < block[b]; });
  std::vector<Index> order;
  order.reserve(n);
  std::vector<Index> stack;
  for (const Index root : roots) {
    const std::size_t begin = order.size();
    stack.push_back(root);
    while (!stack.empty()) {  // parents before children, turned round below
      const Index i = stack.back();
      stack.pop_back();
      order.push_back(i);
      for (Index c = child[i]; c != none; c = before[c]) stack.push_back(c);
    }
    std::reverse(order.begin() + static_cast<std::ptrdiff_t>(begin), order.end());
  }
  return order;
}

/// Whether two fronts are better one: how many of its numbers would be zeros (CHOLMOD's limits, Chen et al. 2008).
bool worth_merging(double zeros, double pivots, double size) {
  const double share = zeros / (pivots * size);
  return pivots <= 4 || (pivots <= 16 && share < 0.8) || (pivots <= 48 && share < 0.1) || share < 0.05;
}

/// The least fill, and the elimination tree of it: [position] state, and [position] parent.
struct Order {
  Order(Index states, const Neighbours& neighbours, const Components& blocks) : state(states), parent(states) {
    const std::vector<Index> little_fill = ordered(states, neighbours);
    const std::vector<Index> tree = elimination_tree(little_fill, inverse(little_fill), neighbours);
    std::vector<Index> block(states);
    for (Index i = 0; i < states; ++i) block[i] = blocks.of(little_fill[i]);
    const std::vector<Index> post = postorder(tree, block);
    const std::vector<Index> post_place = inverse(post);
    for (Index i = 0; i < states; ++i) {
      state[i] = little_fill[post[i]];
      parent[i] = tree[post[i]] == none ? none : post_place[tree[post[i]]];
    }
  }

  std::vector<Index> state;
  std::vector<Index> parent;
};

}  // namespace

Fronts::Fronts(Index states, std::span<const Edge> edges, const Components& blocks, const SolverBudget& budget) {
  const Neighbours neighbours(states, edges, blocks);
  Order found(states, neighbours, blocks);
  order = std::move(found.state);
  place = inverse(order);

  // How many later positions each column fills: row i fills column j on the way from each of its entries up the tree to i.
  const std::vector<Index>& parent = found.parent;
  std::vector<Index> filled(states, 0);
  std::vector<Index> seen(states, none);
  entangled.assign(blocks.count(), false);
  double numbers_left = budget.numbers;
  for (Index begin = 0, end = 0; begin < states; begin = end) {
    const Index block = blocks.of(order[begin]);
    double numbers = 0;
    for (; end < states && blocks.of(order[end]) == block; ++end) {
      if (numbers > numbers_left) continue;
      seen[end] = end;
      for (const Index neighbour : neighbours.of(order[end])) {
        for (Index j = place[neighbour]; j < end && seen[j] != end; j = parent[j]) {
          seen[j] = end;
          ++filled[j];
          numbers += 2;
        }
      }
    }
    double cost = 0;
    for (Index j = begin; j < end; ++j) cost += double(filled[j]) * filled[j];
    if (numbers > numbers_left || multiplications + cost > budget.multiplications) {
      entangled[block] = true;
      any_entangled = true;
    } else {
      numbers_left -= numbers;
      multiplications += cost;
    }
  }
  cut(parent, filled, blocks);
  list_rows(neighbours.first, neighbours.to);
}

/// Columns into fronts: those with the same rows, and then children into parents where that stores few zeros.
void Fronts::cut(std::span<const Index> parent, std::span<const Index> filled, const Components& blocks) {
  std::vector<double> zeros;  // [front]
  const auto states = static_cast<Index>(order.size());
  const auto continues = [&](Index j) { return j < states && parent[j - 1] == j && filled[j - 1] == filled[j] + 1; };
  for (Index j = 0; j < states; ++j) {
    if (entangled[blocks.of(order[j])]) continue;
    if (j > 0 && continues(j)) {
      ++fronts.back().pivots;
      --fronts.back().rows;
    } else {
      fronts.push_back({.first = j, .pivots = 1, .rows = filled[j]});
      zeros.push_back(0);
    }
    while (!continues(j + 1) && fronts.size() > 1) {
      const Front& upper = fronts.back();
      const Front& lower = fronts[fronts.size() - 2];
      const Index above = parent[lower.first + lower.pivots - 1];
      if (lower.first + lower.pivots != upper.first || above == none || above > j) break;
      const double pivots = double(lower.pivots) + upper.pivots;
      const double more = lower.pivots * (double(upper.size()) - lower.rows);
      const double both = zeros.back() + zeros[zeros.size() - 2] + more;
      if (!worth_merging(both, pivots, pivots + upper.rows)) break;
      const Front merged{.first = lower.first, .pivots = lower.pivots + upper.pivots, .rows = upper.rows};
      fronts.pop_back();
      zeros.pop_back();
      fronts.back() = merged;
      zeros.back() = both;
    }
  }
  first.assign(blocks.count() + std::size_t{1}, 0);
  for (const Front& front : fronts) ++first[blocks.of(order[front.first]) + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
}

/// A front's rows are those that its pivots touch, and those of its children.
void Fronts::list_rows(std::span<const std::size_t> first_neighbour, std::span<const Index> neighbours) {
  std::vector<Index> front_of(order.size(), none);
  for (Index f = 0; f < fronts.size(); ++f) std::fill_n(&front_of[fronts[f].first], fronts[f].pivots, f);
  std::vector<Index> seen(order.size(), none);
  std::vector<std::vector<Index>> children(fronts.size());
  for (Index f = 0; f < fronts.size(); ++f) {
    Front& front = fronts[f];
    const Index end = front.first + front.pivots;
    front.rows_begin = rows.size();
    const auto add = [&](Index row) {
      if (row < end || seen[row] == f) return;
      seen[row] = f;
      rows.push_back(row);
    };
    for (Index j = front.first; j < end; ++j) {
      for (std::size_t k = first_neighbour[order[j]]; k < first_neighbour[order[j] + 1]; ++k) add(place[neighbours[k]]);
    }
    for (const Index child : children[f]) {
      for (std::size_t r = 0; r < fronts[child].rows; ++r) add(rows[fronts[child].rows_begin + r]);
    }
    front.rows = static_cast<Index>(rows.size() - front.rows_begin);
    std::sort(rows.begin() + static_cast<std::ptrdiff_t>(front.rows_begin), rows.end());
    if (front.rows == 0) continue;
    front.parent = front_of[rows[front.rows_begin]];
    children[front.parent].push_back(f);
  }
}

}  // namespace sojourn::engine::detail
