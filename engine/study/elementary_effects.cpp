#include "engine/study/elementary_effects.h"

#include "engine/base/contract.h"

#include <cmath>

namespace sojourn::engine {
namespace {

double mean_of(const std::vector<double>& x) {
  double sum = 0;
  for (const double one : x) sum += one;
  return sum / static_cast<double>(x.size());
}

double sd_of(const std::vector<double>& x) {
  const double mean = mean_of(x);
  double squares = 0;
  for (const double one : x) squares += (one - mean) * (one - mean);
  return std::sqrt(squares / static_cast<double>(x.size() - 1));
}

}  // namespace

std::vector<ElementaryEffects> elementary_effects(const Design& design, std::span<const double> responses) {
  const std::size_t k = design.columns();
  SOJOURN_EXPECT(
      k > 0 && responses.size() == design.rows() && design.rows() % (k + 1) == 0 && design.rows() / (k + 1) >= 2,
      "responses of two Morris trajectories or more");
  std::vector<std::vector<double>> effects(k);
  for (std::size_t row = 1; row < design.rows(); ++row) {
    if (row % (k + 1) == 0) continue;
    for (std::size_t c = 0; c < k; ++c) {
      const double moved = design.at(row, c) - design.at(row - 1, c);
      if (moved == 0) continue;
      effects[c].push_back((responses[row] - responses[row - 1]) / moved);
    }
  }
  std::vector<ElementaryEffects> result;
  for (const std::vector<double>& of_one : effects) {
    SOJOURN_EXPECT(of_one.size() == design.rows() / (k + 1), "each factor moves once in each trajectory");
    std::vector<double> sizes;
    for (const double effect : of_one) sizes.push_back(std::abs(effect));
    result.push_back(
        {mean_of(of_one), mean_of(sizes), sd_of(of_one), sd_of(sizes) / std::sqrt(static_cast<double>(sizes.size()))});
  }
  return result;
}

}  // namespace sojourn::engine
