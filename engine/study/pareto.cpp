#include "engine/study/pareto.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sojourn::engine {

std::vector<std::size_t> pareto_front(std::span<const double> gain, std::span<const double> price) {
  SOJOURN_EXPECT(gain.size() == price.size(), "both of each option");
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < gain.size(); ++i) {
    if (std::isfinite(gain[i]) && std::isfinite(price[i])) order.push_back(i);
  }
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return price[a] != price[b] ? price[a] < price[b] : gain[a] > gain[b];
  });
  std::vector<std::size_t> front;
  double best = -std::numeric_limits<double>::infinity();
  double best_price = best;
  for (const std::size_t i : order) {
    const bool equal = gain[i] == best && price[i] == best_price;
    if (!(gain[i] > best) && !equal) continue;
    best = gain[i];
    best_price = price[i];
    front.push_back(i);
  }
  return front;
}

}  // namespace sojourn::engine
