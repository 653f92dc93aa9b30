#include "engine/solve/detail/elimination.h"

#include <functional>
#include <queue>
#include <unordered_map>

namespace sojourn::engine::detail {
namespace {

/// A sparse matrix of chances from which nodes are taken out one by one.
class Chances {
 public:
  explicit Chances(const Loop& loop) : to_(loop.enter.size()), from_(loop.enter.size()), alive_(loop.enter.size(), true) {
    chance_.reserve(loop.steps.size());
    out_.resize(loop.enter.size());
    in_.resize(loop.enter.size());
    for (const Step& step : loop.steps) add(step.from, step.to, step.chance);
  }

  void add(std::uint32_t from, std::uint32_t to, double chance) {
    if (from == to) return;
    const auto [entry, fresh] = chance_.try_emplace(key(from, to), 0.0);
    entry->second += chance;
    if (!fresh) return;
    to_[from].push_back(to);
    from_[to].push_back(from);
    ++out_[from];
    ++in_[to];
  }

  std::size_t fill(std::uint32_t node) const { return std::size_t{in_[node]} * out_[node]; }

  /// What still stands in the node's row or column, as steps; the node is gone afterwards.
  void take(std::uint32_t node, std::vector<Step>& row, std::vector<Step>& column) {
    row.clear();
    column.clear();
    alive_[node] = false;
    for (const std::uint32_t to : to_[node]) {
      if (!alive_[to]) continue;
      row.push_back({node, to, taken(node, to)});
      --in_[to];
    }
    for (const std::uint32_t from : from_[node]) {
      if (!alive_[from]) continue;
      column.push_back({from, node, taken(from, node)});
      --out_[from];
    }
    to_[node] = {};
    from_[node] = {};
  }

 private:
  static std::uint64_t key(std::uint32_t from, std::uint32_t to) { return (std::uint64_t{from} << 32) | to; }

  double taken(std::uint32_t from, std::uint32_t to) {
    const auto entry = chance_.find(key(from, to));
    const double chance = entry->second;
    chance_.erase(entry);
    return chance;
  }

  struct Mixed {
    std::size_t operator()(std::uint64_t key) const { return (key ^ (key >> 29)) * 0x9e3779b97f4a7c15U; }
  };

  std::unordered_map<std::uint64_t, double, Mixed> chance_;
  std::vector<std::vector<std::uint32_t>> to_, from_;   // [node], with some that are gone
  std::vector<std::uint32_t> out_, in_;                 // [node] how many are not gone
  std::vector<bool> alive_;
};

/// What is needed to get a node's visits back from the visits of those taken out later.
struct Taken {
  std::uint32_t node;
  double enter;
  double out;                  // chance to go elsewhere
  std::vector<Step> column;
};

}  // namespace

std::vector<double> eliminate(Loop loop, std::size_t& steps_left) {
  Chances chances(loop);
  const auto nodes = static_cast<std::uint32_t>(loop.enter.size());
  using Candidate = std::pair<std::size_t, std::uint32_t>;   // (fill when it was queued, node)
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
  for (std::uint32_t node = 0; node < nodes; ++node) queue.emplace(chances.fill(node), node);

  std::vector<Taken> taken;
  std::vector<bool> done(nodes, false);
  std::vector<Step> row;
  std::vector<Step> column;
  while (!queue.empty()) {
    const auto [fill, node] = queue.top();
    queue.pop();
    if (done[node]) continue;
    if (const std::size_t now = chances.fill(node); now > fill) {
      queue.emplace(now, node);
      continue;
    }
    chances.take(node, row, column);
    done[node] = true;
    const std::size_t cost = 1 + row.size() * column.size() + row.size() + column.size();
    if (cost > steps_left) return {};
    steps_left -= cost;
    double out = loop.leave[node];
    for (const Step& step : row) out += step.chance;
    for (const Step& step : row) loop.enter[step.to] += loop.enter[node] * step.chance / out;
    for (const Step& before : column) {
      loop.leave[before.from] += before.chance * loop.leave[node] / out;
      for (const Step& step : row) chances.add(before.from, step.to, before.chance * step.chance / out);
    }
    for (const Step& step : row) queue.emplace(chances.fill(step.to), step.to);
    for (const Step& before : column) queue.emplace(chances.fill(before.from), before.from);
    taken.push_back({node, loop.enter[node], out, column});
  }
  std::vector<double> visits(nodes);
  while (!taken.empty()) {
    const Taken& last = taken.back();
    double arrivals = last.enter;
    for (const Step& step : last.column) arrivals += visits[step.from] * step.chance;
    visits[last.node] = arrivals / last.out;
    taken.pop_back();
  }
  return visits;
}

}  // namespace sojourn::engine::detail
