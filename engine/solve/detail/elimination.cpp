#include "engine/solve/detail/elimination.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>

namespace sojourn::engine::detail {
namespace {

// A step in a full matrix costs about a thirtieth of one in a sparse one (measured).
constexpr std::size_t full_steps_per_step = 30;
constexpr std::size_t sparse_fill = 64;  // taking out a node with more than this is left to the full matrix, if it fits
constexpr std::size_t steps_per_node = 20;  // for its part of the sparse matrix, in time and in memory

class Elimination {
 public:
  explicit Elimination(Loop loop)
      : loop_(std::move(loop)),
        nodes_(static_cast<std::uint32_t>(loop_.enter.size())),
        chances_(nodes_),
        done_(nodes_, false),
        queued_(nodes_, std::numeric_limits<std::size_t>::max()) {
    for (const Step& step : loop_.steps) chances_.add(step.from, step.to, step.chance);
    loop_.steps = {};
    for (std::uint32_t node = 0; node < nodes_; ++node) queue(node);
  }

  std::vector<double> run(std::size_t& steps_left) {
    std::size_t left = nodes_;
    while (!queue_.empty()) {
      const auto [fill, node] = queue_.top();
      queue_.pop();
      if (done_[node] || queued_[node] != fill) continue;
      queued_[node] = std::numeric_limits<std::size_t>::max();
      if (chances_.fill(node) > fill) {
        queue(node);
        continue;
      }
      const std::size_t full = left * left * left / 3 / full_steps_per_step;
      if (fill > sparse_fill && full <= steps_left) {
        steps_left -= full;
        eliminate_rest();
        break;
      }
      const std::size_t cost = 1 + fill;
      if (cost > steps_left) return {};
      steps_left -= cost;
      take(node);
      --left;
    }
    return visits();
  }

 private:
  /// What is needed to get a node's visits back from the visits of those taken out later.
  struct Taken {
    std::uint32_t node;
    std::size_t column;  // where it begins in columns_
    double out;          // chance to go elsewhere
  };

  void queue(std::uint32_t node) {
    const std::size_t fill = chances_.fill(node);
    if (fill >= queued_[node]) return;  // a node queued too early is queued again when its turn comes
    queued_[node] = fill;
    queue_.emplace(fill, node);
  }

  void take(std::uint32_t node) {
    row_.clear();
    const std::size_t begin = columns_.size();
    chances_.take(node, row_, columns_);
    const std::size_t end = columns_.size();
    done_[node] = true;
    double out = loop_.leave[node];
    for (const Step& step : row_) out += step.chance;
    taken_.push_back({node, begin, out});
    for (const Step& step : row_) loop_.enter[step.to] += loop_.enter[node] * step.chance / out;
    for (std::size_t i = begin; i < end; ++i) {
      const Step& before = columns_[i];
      loop_.leave[before.from] += before.chance * loop_.leave[node] / out;
      for (const Step& step : row_) chances_.add(before.from, step.to, before.chance * step.chance / out);
    }
    for (const Step& step : row_) queue(step.to);
    for (std::size_t i = begin; i < end; ++i) queue(columns_[i].from);
  }

  /// The same in a full matrix, where the sparse one is no longer sparse.
  void eliminate_rest() {
    std::vector<std::uint32_t> rest;
    std::vector<std::uint32_t> place(nodes_);
    for (std::uint32_t node = 0; node < nodes_; ++node) {
      place[node] = static_cast<std::uint32_t>(rest.size());
      if (!done_[node]) rest.push_back(node);
    }
    const std::size_t n = rest.size();
    std::vector<double> q(n * n, 0.0);
    std::vector<Step> column;
    for (const std::uint32_t node : rest) {  // taking all out lists every entry once
      row_.clear();
      column.clear();
      chances_.take(node, row_, column);
      for (const Step& step : row_) q[place[step.from] * n + place[step.to]] = step.chance;
      for (const Step& step : column) q[place[step.from] * n + place[step.to]] = step.chance;
    }
    for (std::size_t k = n; k-- > 0;) {
      const double* row = q.data() + k * n;
      const std::uint32_t node = rest[k];
      double out = loop_.leave[node];
      for (std::size_t j = 0; j < k; ++j) out += row[j];
      taken_.push_back({node, columns_.size(), out});
      for (std::size_t j = 0; j < k; ++j) loop_.enter[rest[j]] += loop_.enter[node] * row[j] / out;
      for (std::size_t i = 0; i < k; ++i) {
        const double chance = q[i * n + k];
        if (chance == 0) continue;
        columns_.push_back({rest[i], node, chance});
        loop_.leave[rest[i]] += chance * loop_.leave[node] / out;
        const double factor = chance / out;
        double* to = q.data() + i * n;
        for (std::size_t j = 0; j < k; ++j) to[j] += factor * row[j];  // the diagonal is never read
      }
    }
  }

  std::vector<double> visits() {
    std::vector<double> visits(nodes_);
    std::size_t end = columns_.size();
    for (std::size_t t = taken_.size(); t-- > 0;) {
      const Taken& taken = taken_[t];
      double arrivals = loop_.enter[taken.node];
      for (std::size_t i = taken.column; i < end; ++i) arrivals += visits[columns_[i].from] * columns_[i].chance;
      visits[taken.node] = arrivals / taken.out;
      end = taken.column;
    }
    return visits;
  }

  using Candidate = std::pair<std::size_t, std::uint32_t>;  // (fill, node)

  Loop loop_;
  std::uint32_t nodes_;
  Chances chances_;
  std::vector<bool> done_;
  std::vector<std::size_t> queued_;  // [node] the fill that it is queued with
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue_;
  std::vector<Taken> taken_;   // in this order
  std::vector<Step> columns_;  // of the nodes taken, one after the other
  std::vector<Step> row_;
};

}  // namespace

std::vector<double> eliminate(Loop loop, std::size_t& steps_left) {
  const std::size_t cost = steps_per_node * loop.enter.size();
  if (cost > steps_left) return {};
  steps_left -= cost;
  return Elimination(std::move(loop)).run(steps_left);
}

}  // namespace sojourn::engine::detail
