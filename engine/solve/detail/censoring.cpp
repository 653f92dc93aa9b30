#include "engine/solve/detail/censoring.h"

#include <algorithm>

namespace sojourn::engine::detail {
namespace {

constexpr Eigen::Index panel = 48;  // pivots whose effect on later states is added in one product

/// Nothing of nothing, where what leaves is so little that it underflows.
double ratio(double amount, double leaving) { return amount == 0 ? 0 : amount / leaving; }

/// Takes the pivots out of a front [pivot, then row][pivot, then row, then outside]. The diagonal is never read.
void eliminate(Matrix& front, Eigen::Index pivots, double* leaving) {
  const Eigen::Index size = front.rows();
  const Eigen::Index width = front.cols();
  for (Eigen::Index begin = 0; begin < pivots; begin += panel) {
    const Eigen::Index end = std::min(begin + panel, pivots);
    for (Eigen::Index k = begin; k < end; ++k) {
      const Eigen::Index later = width - k - 1;
      auto row = front.row(k).tail(later);
      leaving[k] = row.sum();
      if (leaving[k] > 0) row /= leaving[k];
      for (Eigen::Index i = k + 1; i < end; ++i) {
        if (front(i, k) != 0) front.row(i).tail(later) += front(i, k) * row;
      }
      const Eigen::Index in_panel = end - k - 1;
      for (Eigen::Index i = end; i < size && in_panel > 0; ++i) {
        if (front(i, k) != 0) front.row(i).segment(k + 1, in_panel) += front(i, k) * row.head(in_panel);
      }
    }
    front.bottomRightCorner(size - end, width - end).noalias() +=
        front.block(end, begin, size - end, end - begin) * front.block(begin, end, end - begin, width - end);
  }
}

/// What a front, its pivots taken out, leaves to its parent.
struct Update {
  std::uint32_t front;
  Matrix matrix;  // [row][row, then outside]
};

}  // namespace

Censoring::Censoring(const AbsorbingChain& chain, const Components& blocks, const std::vector<bool>& closed,
                     Fronts fronts)
    : fronts_(std::move(fronts)),
      begin_(fronts_.fronts.size()),
      leaving_(chain.states(), 0.0),
      children_(fronts_.fronts.size()) {
  const std::vector<std::uint32_t>& place = fronts_.place;
  struct Arrival {
    std::uint32_t from;  // position
    double probability;
  };
  std::vector<std::size_t> first(chain.states() + std::size_t{1}, 0);  // [position]
  const auto inside = [&](std::uint32_t state, const AbsorbingChain::Step& step) {
    return step.to < chain.states() && step.to != state && blocks.of(step.to) == blocks.of(state);
  };
  for (std::uint32_t state = 0; state < chain.states(); ++state) {
    for (const AbsorbingChain::Step& step : chain.row(state)) {
      if (inside(state, step)) ++first[place[step.to] + 1];
    }
  }
  for (std::uint32_t i = 0; i < chain.states(); ++i) first[i + 1] += first[i];
  std::vector<Arrival> arrivals(first.back());
  std::vector<std::size_t> next(first.begin(), first.end() - 1);
  for (std::uint32_t state = 0; state < chain.states(); ++state) {
    for (const AbsorbingChain::Step& step : chain.row(state)) {
      if (inside(state, step)) arrivals[next[place[step.to]]++] = {place[state], step.probability};
    }
  }

  std::size_t total = 0;
  for (std::uint32_t f = 0; f < fronts_.fronts.size(); ++f) {
    const Front& front = fronts_.fronts[f];
    begin_[f] = total;
    largest_ = std::max<Eigen::Index>(largest_, front.size());
    total += std::size_t{front.pivots} * (front.size() + std::size_t{front.rows});
    if (front.parent != Front::none) children_[front.parent].push_back(f);
  }
  numbers_.resize(total);

  std::vector<std::uint32_t> local(chain.states());  // [position] in the front at hand
  std::vector<Update> updates;
  Matrix matrix;
  for (std::uint32_t f = 0; f < fronts_.fronts.size(); ++f) {
    const Front& front = fronts_.fronts[f];
    if (closed[blocks.of(fronts_.order[front.first])]) continue;
    const std::vector<std::uint32_t> positions = positions_of(f);
    for (std::uint32_t i = 0; i < positions.size(); ++i) local[positions[i]] = i;
    const Eigen::Index size = front.size();
    const Eigen::Index pivots = front.pivots;
    matrix.setZero(size, size + 1);
    for (std::uint32_t k = 0; k < front.pivots; ++k) {
      const std::uint32_t state = fronts_.order[front.first + k];
      for (const AbsorbingChain::Step& step : chain.row(state)) {
        if (step.to == state) continue;
        if (!inside(state, step))
          matrix(k, size) += step.probability;
        else if (place[step.to] >= front.first)
          matrix(k, local[place[step.to]]) += step.probability;
      }
      const std::uint32_t last = front.first + front.pivots - 1;
      for (std::size_t a = first[front.first + k]; a < first[front.first + k + 1]; ++a) {
        if (arrivals[a].from > last) matrix(local[arrivals[a].from], k) += arrivals[a].probability;
      }
    }
    while (!updates.empty() && fronts_.fronts[updates.back().front].parent == f) {
      const std::span<const std::uint32_t> rows = fronts_.rows_of(fronts_.fronts[updates.back().front]);
      const Matrix& update = updates.back().matrix;
      const auto count = static_cast<Eigen::Index>(rows.size());
      for (Eigen::Index i = 0; i < count; ++i) {
        const Eigen::Index to = local[rows[i]];
        for (Eigen::Index j = 0; j < count; ++j) matrix(to, local[rows[j]]) += update(i, j);
        matrix(to, size) += update(i, count);
      }
      updates.pop_back();
    }
    eliminate(matrix, pivots, &leaving_[front.first]);
    double* numbers = numbers_.data() + begin_[f];
    Eigen::Map<Matrix>(numbers, pivots, size) = matrix.topLeftCorner(pivots, size);
    Eigen::Map<Matrix>(numbers + pivots * size, size - pivots, pivots) = matrix.bottomLeftCorner(size - pivots, pivots);
    if (size > pivots) updates.push_back({f, matrix.bottomRightCorner(size - pivots, size - pivots + 1)});
  }
}

std::vector<std::uint32_t> Censoring::positions_of(std::uint32_t f) const {
  const Front& front = fronts_.fronts[f];
  const std::span<const std::uint32_t> rows = fronts_.rows_of(front);
  std::vector<std::uint32_t> positions(front.size());
  for (std::uint32_t k = 0; k < front.pivots; ++k) positions[k] = front.first + k;
  std::copy(rows.begin(), rows.end(), positions.begin() + front.pivots);
  return positions;
}

Censoring::Numbers Censoring::pivot_rows(std::uint32_t f) const {
  const Front& front = fronts_.fronts[f];
  return {numbers_.data() + begin_[f], front.pivots, front.size()};
}

Censoring::Numbers Censoring::pivot_columns(std::uint32_t f) const {
  const Front& front = fronts_.fronts[f];
  return {numbers_.data() + begin_[f] + std::size_t{front.pivots} * front.size(), front.rows, front.pivots};
}

void Censoring::visits(std::uint32_t block, std::span<double> arrivals) const {
  Eigen::RowVectorXd all(largest_);
  for (std::uint32_t f = fronts_.first[block]; f < fronts_.first[block + 1]; ++f) {
    const Front& front = fronts_.fronts[f];
    const Numbers rows = pivot_rows(f);
    const std::span<const std::uint32_t> later = fronts_.rows_of(front);
    auto sums = all.head(front.size());
    sums.setZero();
    double* own = &arrivals[front.first];
    for (std::uint32_t k = 0; k < front.pivots; ++k) {
      own[k] += sums[k];
      const Eigen::Index rest = front.size() - k - 1;
      if (own[k] != 0) sums.tail(rest) += own[k] * rows.row(k).tail(rest);
    }
    for (std::uint32_t r = 0; r < front.rows; ++r) arrivals[later[r]] += sums[front.pivots + r];
  }
  for (std::uint32_t f = fronts_.first[block + 1]; f-- > fronts_.first[block];) {
    const Front& front = fronts_.fronts[f];
    const Numbers rows = pivot_rows(f);
    const std::span<const std::uint32_t> later = fronts_.rows_of(front);
    auto later_visits = all.head(front.rows);
    for (std::uint32_t r = 0; r < front.rows; ++r) later_visits[r] = arrivals[later[r]];
    Eigen::Map<Eigen::RowVectorXd> own(&arrivals[front.first], front.pivots);
    if (front.rows > 0) own.noalias() += later_visits * pivot_columns(f);
    for (Eigen::Index k = front.pivots; k-- > 0;) {
      own[k] = ratio(own[k], leaving_[front.first + static_cast<std::uint32_t>(k)]);
      if (own[k] != 0) own.head(k) += own[k] * rows.row(k).head(k);
    }
  }
}

void Censoring::values(std::uint32_t block, std::span<double> rewards) const {
  Eigen::VectorXd all(largest_);
  for (std::uint32_t f = fronts_.first[block]; f < fronts_.first[block + 1]; ++f) {
    const Front& front = fronts_.fronts[f];
    const Numbers rows = pivot_rows(f);
    const std::span<const std::uint32_t> later = fronts_.rows_of(front);
    Eigen::Map<Eigen::VectorXd> own(&rewards[front.first], front.pivots);
    for (Eigen::Index k = 0; k < front.pivots; ++k) {
      const double reward = own[k] + rows.row(k).head(k).dot(own.head(k));
      own[k] = ratio(reward, leaving_[front.first + static_cast<std::uint32_t>(k)]);
    }
    auto more = all.head(front.rows);
    if (front.rows > 0) more.noalias() = pivot_columns(f) * own;
    for (std::uint32_t r = 0; r < front.rows; ++r) rewards[later[r]] += more[r];
  }
  for (std::uint32_t f = fronts_.first[block + 1]; f-- > fronts_.first[block];) {
    const Front& front = fronts_.fronts[f];
    const Numbers rows = pivot_rows(f);
    const std::span<const std::uint32_t> later = fronts_.rows_of(front);
    auto more = all.head(front.size());
    for (std::uint32_t r = 0; r < front.rows; ++r) more[front.pivots + r] = rewards[later[r]];
    double* own = &rewards[front.first];
    for (Eigen::Index k = front.pivots; k-- > 0;) {
      const Eigen::Index rest = front.size() - k - 1;
      own[k] += rows.row(k).tail(rest).dot(more.tail(rest));
      more[k] = own[k];
    }
  }
}

Matrix Censoring::inverse(std::uint32_t f, std::span<const std::uint32_t> positions, std::uint32_t block,
                          std::vector<Matrix>& parts) const {
  const Front& front = fronts_.fronts[f];
  const Numbers rows = pivot_rows(f);
  const Numbers columns = pivot_columns(f);
  const Eigen::Index size = front.size();
  const Eigen::Index pivots = front.pivots;
  Matrix z(size, size);
  Matrix& known = parts[f - fronts_.first[block]];
  z.bottomRightCorner(size - pivots, size - pivots) = known;
  known.resize(0, 0);
  for (Eigen::Index end = pivots; end > 0;) {
    const Eigen::Index begin = std::max<Eigen::Index>(0, end - panel);
    const Eigen::Index count = end - begin;
    const Eigen::Index rest = size - end;
    // With K the panel and J what comes later, U the shares to the right and C the steps below the diagonal:
    // Z_KJ = U_KK Z_KJ + U_KJ Z_JJ and Z_JK = (Z_JK C_KK + Z_JJ C_JK) / leaving.
    Matrix steps(rest, count);  // C_JK
    steps.topRows(pivots - end) = rows.block(end, begin, pivots - end, count);
    steps.bottomRows(size - pivots) = columns.middleCols(begin, count);
    z.block(begin, end, count, rest).noalias() = rows.block(begin, end, count, rest) * z.bottomRightCorner(rest, rest);
    z.block(end, begin, rest, count).noalias() = z.bottomRightCorner(rest, rest) * steps;
    for (Eigen::Index k = end; k-- > begin;) {
      const Eigen::Index within = end - k - 1;
      const double leaving = leaving_[front.first + static_cast<std::uint32_t>(k)];
      z.block(k, end, 1, rest) += rows.block(k, k + 1, 1, within) * z.block(k + 1, end, within, rest);
      z.block(end, k, rest, 1) += z.block(end, k + 1, rest, within) * rows.block(k + 1, k, within, 1);
      z.block(end, k, rest, 1) /= leaving;
    }
    Matrix corner = rows.block(begin, end, count, rest) * z.block(end, begin, rest, count);  // U_KJ Z_JK
    const Matrix lower = z.block(begin, end, count, rest) * steps;                           // Z_KJ C_JK
    for (Eigen::Index k = end; k-- > begin;) {
      const double leaving = leaving_[front.first + static_cast<std::uint32_t>(k)];
      for (Eigen::Index l = end; l-- > k + 1;) {
        double right = corner(k - begin, l - begin);
        double below = lower(l - begin, k - begin);
        for (Eigen::Index i = k + 1; i < end; ++i) {
          right += rows(k, i) * z(i, l);
          below += z(l, i) * rows(i, k);
        }
        z(k, l) = right;
        z(l, k) = below / leaving;
      }
      double again = corner(k - begin, k - begin);
      for (Eigen::Index i = k + 1; i < end; ++i) again += rows(k, i) * z(i, k);
      z(k, k) = 1 / leaving + again;
    }
    end = begin;
  }
  for (const std::uint32_t child : children_[f]) {
    const std::span<const std::uint32_t> wanted = fronts_.rows_of(fronts_.fronts[child]);
    std::vector<Eigen::Index> at(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
      at[i] = std::lower_bound(positions.begin(), positions.end(), wanted[i]) - positions.begin();
    parts[child - fronts_.first[block]] = z(at, at);
  }
  return z;
}

}  // namespace sojourn::engine::detail
