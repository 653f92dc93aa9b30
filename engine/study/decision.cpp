#include "engine/study/decision.h"

#include "engine/base/contract.h"
#include "engine/study/smooth.h"

#include <algorithm>
#include <cmath>

namespace sojourn::engine {
namespace {

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

double best_mean(const Gains& gains) {
  double best = 0;
  for (std::size_t option = 1; option < gains.options(); ++option) best = std::max(best, gains.mean(option));
  return best;
}

}  // namespace

std::vector<double> Gains::of_option(std::size_t option) const {
  std::vector<double> list;
  for (std::size_t draw = 0; draw < draws_; ++draw) list.push_back(at(draw, option));
  return list;
}

double Gains::mean(std::size_t option) const { return mean_of(of_option(option)); }

std::vector<double> chance_of_being_best(const Gains& gains) {
  std::vector<double> shares(gains.options(), 0.0);
  for (std::size_t draw = 0; draw < gains.draws(); ++draw) {
    double best = gains.at(draw, 0);
    for (std::size_t option = 1; option < gains.options(); ++option) best = std::max(best, gains.at(draw, option));
    std::size_t winners = 0;
    for (std::size_t option = 0; option < gains.options(); ++option) winners += gains.at(draw, option) == best;
    for (std::size_t option = 0; option < gains.options(); ++option) {
      if (gains.at(draw, option) == best) shares[option] += 1 / static_cast<double>(winners);
    }
  }
  for (double& share : shares) share /= static_cast<double>(gains.draws());
  return shares;
}

ValueOfKnowing value_of_knowing_all(const Gains& gains) {
  std::size_t chosen = 0;
  for (std::size_t option = 1; option < gains.options(); ++option) {
    if (gains.mean(option) > gains.mean(chosen)) chosen = option;
  }
  std::vector<double> missed;  // what the best option of the draw gains over the chosen one
  for (std::size_t draw = 0; draw < gains.draws(); ++draw) {
    double best = gains.at(draw, 0);
    for (std::size_t option = 1; option < gains.options(); ++option) best = std::max(best, gains.at(draw, option));
    missed.push_back(best - gains.at(draw, chosen));
  }
  const double mean = mean_of(missed);
  double squares = 0;
  for (const double one : missed) squares += (one - mean) * (one - mean);
  const auto n = static_cast<double>(missed.size());
  return {mean, n > 1 ? std::sqrt(squares / (n - 1) / n) : 0};
}

double value_of_knowing(const Gains& gains, std::span<const double> x) {
  SOJOURN_EXPECT(x.size() == gains.draws(), "one value a draw");
  std::vector<double> best(gains.draws(), 0.0);
  for (std::size_t option = 1; option < gains.options(); ++option) {
    const std::vector<double> fitted = smooth(x, gains.of_option(option)).fitted;
    for (std::size_t draw = 0; draw < best.size(); ++draw) best[draw] = std::max(best[draw], fitted[draw]);
  }
  const double value = mean_of(best) - best_mean(gains);
  // A regression with a constant keeps the mean: what is left of equal expectations is rounding.
  double scale = 0;
  for (const double one : best) scale = std::max(scale, std::fabs(one));
  return value > 1e-12 * scale ? value : 0;
}

double variance_explained(std::span<const double> x, std::span<const double> y) {
  const std::vector<double> fitted = smooth(x, y).fitted;
  const double mean = mean_of(y);
  double explained = 0;
  for (const double value : fitted) explained += (value - mean) * (value - mean);
  const double variance = y.size() > 1 ? explained / static_cast<double>(y.size() - 1) : 0;
  return variance > 1e-24 * mean * mean ? variance : 0;  // a constant is fitted to within rounding
}

double sample_quantile(std::vector<double> values, double p) {
  SOJOURN_EXPECT(!values.empty() && p >= 0 && p <= 1, "a quantile of something");
  std::sort(values.begin(), values.end());
  const double position = p * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  if (below + 1 >= values.size()) return values.back();
  return values[below] + (position - static_cast<double>(below)) * (values[below + 1] - values[below]);
}

}  // namespace sojourn::engine
