#include "models/score/posterior_draws.h"

#include "engine/random/normal.h"

#include <algorithm>
#include <numeric>

namespace sojourn::models {

std::vector<double> normal_scores(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
  std::vector<double> scores(values.size());
  for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    const double rank = 0.5 * static_cast<double>(first + end - 1);
    const double score = engine::normal_quantile((rank + 0.5) / static_cast<double>(values.size()));
    for (std::size_t i = first; i < end; ++i) scores[order[i]] = score;
  }
  return scores;
}

}  // namespace sojourn::models
