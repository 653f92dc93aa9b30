#include "engine/solve/subsets.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace sojourn::engine {
namespace {

/// Rows: the states that are left, then the start. Columns: the states that are left, then what counts, then what does not.
struct Tableau {
  std::uint32_t states = 0;
  std::vector<double> cells;

  void shape(std::uint32_t left) {
    states = left;
    cells.assign(static_cast<std::size_t>(left + 1) * (left + 2), 0.0);
  }
  double* row(std::uint32_t i) { return cells.data() + static_cast<std::size_t>(i) * (states + 2); }
  const double* row(std::uint32_t i) const { return cells.data() + static_cast<std::size_t>(i) * (states + 2); }
  std::uint32_t start() const { return states; }
  std::uint32_t counts() const { return states; }
  std::uint32_t other() const { return states + 1; }
};

/// Without its last state: passed through if it is `open`, else the end of the journey.
void without_last(const Tableau& from, bool open, Tableau& to) {
  const std::uint32_t last = from.states - 1;
  to.shape(last);
  const double* through = from.row(last);
  double leaves = 0;
  for (std::uint32_t j = 0; j < from.states + 2; ++j) leaves += j == last ? 0 : through[j];
  for (std::uint32_t i = 0; i <= from.states; ++i) {
    if (i == last) continue;
    const double* old = from.row(i);
    double* now = to.row(i < last ? i : last);
    std::copy_n(old, last, now);
    now[to.counts()] = old[from.counts()];
    now[to.other()] = old[from.other()];
    if (old[last] == 0) continue;
    if (!open || !(leaves > 0)) {  // who cannot leave ends there
      now[to.other()] += old[last];
      continue;
    }
    const double factor = old[last] / leaves;
    for (std::uint32_t j = 0; j < last; ++j) now[j] += factor * through[j];
    now[to.counts()] += factor * through[from.counts()];
    now[to.other()] += factor * through[from.other()];
  }
}

class Subsets {
 public:
  explicit Subsets(std::vector<std::uint32_t> group_of_place, std::uint32_t groups)
      : group_of_(std::move(group_of_place)), worth_(std::size_t{1} << groups), work_(group_of_.size() + 1) {}

  std::vector<double> all(const Tableau& whole, std::uint32_t groups) {
    descend(whole, groups, 0);
    return std::move(worth_);
  }

 private:
  /// Groups from `group` on are decided: those in `set` may be visited.
  void descend(const Tableau& here, std::uint32_t group, std::uint32_t set) {
    if (group == 0) {
      worth_[set] = here.row(here.start())[here.counts()];
      return;
    }
    --group;
    for (const bool open : {false, true}) {
      const Tableau* left = &here;
      while (left->states > 0 && group_of_[left->states - 1] == group) {
        Tableau& next = work_[left->states - 1];
        without_last(*left, open, next);
        left = &next;
      }
      descend(*left, group, set | static_cast<std::uint32_t>(open) << group);
    }
  }

  std::vector<std::uint32_t> group_of_;  // [place in the tableau], rising
  std::vector<double> worth_;
  std::vector<Tableau> work_;  // [states left]
};

}  // namespace

std::vector<double> absorbed_within(const AbsorbingChain& chain, std::span<const double> start, double start_counts,
                                    std::span<const std::uint8_t> counts, std::span<const std::uint32_t> group_of,
                                    std::uint32_t groups) {
  const std::uint32_t n = chain.states();
  SOJOURN_EXPECT(groups <= kMostSubsetGroups && n <= kMostSubsetStates, "that many subsets are not enumerated");
  std::vector<std::uint32_t> order(n);  // [place] state: by group, so that the last group is decided first
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t state) { return group_of[state]; });
  std::vector<std::uint32_t> place(n), group_of_place(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    place[order[i]] = i;
    group_of_place[i] = group_of[order[i]];
  }
  Tableau whole;
  whole.shape(n);
  for (std::uint32_t state = 0; state < n; ++state) {
    double* row = whole.row(place[state]);
    for (const AbsorbingChain::Step& step : chain.row(state)) {
      const std::uint32_t column = step.to < n                ? place[step.to]
                                   : counts[step.to - n] != 0 ? whole.counts()
                                                              : whole.other();
      row[column] += step.probability;
    }
    whole.row(whole.start())[place[state]] = start[state];
  }
  whole.row(whole.start())[whole.counts()] = start_counts;
  return Subsets(std::move(group_of_place), groups).all(whole, groups);
}

std::vector<double> shapley_values(std::span<const double> worth) {
  SOJOURN_EXPECT(std::has_single_bit(worth.size()), "a game has a worth for every set of players");
  const auto players = static_cast<std::size_t>(std::countr_zero(worth.size()));
  std::vector<double> share(players);  // [others in the set] s! (n - s - 1)! / n!
  for (std::size_t s = 0; s < players; ++s) {
    share[s] = s == 0 ? 1.0 / static_cast<double>(players)
                      : share[s - 1] * static_cast<double>(s) / static_cast<double>(players - s);
  }
  std::vector<double> values(players, 0.0);
  for (std::size_t set = 0; set < worth.size(); ++set) {
    const auto others = static_cast<std::size_t>(std::popcount(set));
    for (std::size_t i = 0; i < players; ++i) {
      if ((set >> i & 1) == 0) values[i] += share[others] * (worth[set | std::size_t{1} << i] - worth[set]);
    }
  }
  return values;
}

}  // namespace sojourn::engine
