#include "models/calibrate/shape.h"

#include "engine/base/contract.h"
#include "engine/base/math.h"
#include "engine/study/decision.h"
#include "models/replay/prior.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sojourn::models {
namespace {

constexpr std::size_t kPlaces = 41;
constexpr std::size_t kCells = 4000;  // of the prior's integral
constexpr double kFar = 8;            // standard deviations, beyond which a prior is nothing
constexpr double kTail = 0.005;       // of the prior, left out of a drawing at either end

/// The prior inside its bounds, as so many cells of one width.
struct CutPrior {
  double low = 0, width = 0;
  std::vector<double> shares;  // [cell], their sum is 1

  explicit CutPrior(const Uncertain& prior) : shares(kCells) {
    const Support support = support_of(prior);
    const double mean = prior_mean(prior);
    const double sd = prior_sd(prior);
    low = std::max({support.low, prior.range.low, mean - kFar * sd});
    const double high = std::min({support.high, prior.range.high, mean + kFar * sd});
    width = (high - low) / kCells;
    double most = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < kCells; ++i) {
      shares[i] = log_density(prior, middle(i)).value;
      most = std::max(most, shares[i]);
    }
    double sum = 0;
    for (double& one : shares) sum += one = engine::exp(one - most);
    for (double& one : shares) one /= sum;
  }

  double middle(std::size_t i) const { return low + (static_cast<double>(i) + 0.5) * width; }

  double sd() const {
    double mean = 0;
    double squares = 0;
    for (std::size_t i = 0; i < kCells; ++i) mean += shares[i] * middle(i);
    for (std::size_t i = 0; i < kCells; ++i) squares += shares[i] * (middle(i) - mean) * (middle(i) - mean);
    return std::sqrt(squares);
  }

  double quantile(double p) const {
    double below = 0;
    for (std::size_t i = 0; i < kCells; ++i) {
      if (below + shares[i] >= p) return low + (static_cast<double>(i) + (p - below) / shares[i]) * width;
      below += shares[i];
    }
    return low + kCells * width;
  }

  double density(double x) const {
    const double cell = (x - low) / width;
    if (!(cell >= 0) || cell > kCells) return 0;
    return shares[std::min(static_cast<std::size_t>(cell), kCells - 1)] / width;
  }
};

/// Bandwidth of Silverman (1986), eq. 3.31.
double bandwidth(std::span<const double> draws) {
  const std::vector<double> values(draws.begin(), draws.end());
  const auto n = static_cast<double>(values.size());
  double mean = 0;
  double squares = 0;
  for (const double one : values) mean += one / n;
  for (const double one : values) squares += (one - mean) * (one - mean) / (n - 1);
  const double sd = std::sqrt(squares);
  const double between = (engine::sample_quantile(values, 0.75) - engine::sample_quantile(values, 0.25)) / 1.34;
  return 0.9 * (between > 0 ? std::min(sd, between) : sd) * std::pow(n, -0.2);
}

}  // namespace

ParameterShape shape_of(const CalibrationParameter& parameter, std::span<const double> draws) {
  SOJOURN_EXPECT(draws.size() >= 2, "a spread needs two draws");
  const CutPrior prior(parameter.prior);
  ParameterShape to;
  to.prior_sd = prior.sd();
  to.prior_lo = prior.quantile(0.025);
  to.prior_hi = prior.quantile(0.975);
  const auto [least, most] = std::ranges::minmax(draws);
  const double low = std::min(prior.quantile(kTail), least);
  const double high = std::max(prior.quantile(1 - kTail), most);
  const double width = bandwidth(draws);
  const auto kernel = [&](double off) {
    return engine::exp(-0.5 * off * off / (width * width)) / (width * std::sqrt(2 * std::numbers::pi));
  };
  for (std::size_t i = 0; i < kPlaces; ++i) {
    const double x = low + (high - low) * static_cast<double>(i) / (kPlaces - 1);
    double density = 0;
    // What the kernel puts beyond a bound is reflected there (Silverman 1986, 2.10).
    const Range& range = parameter.prior.range;
    for (const double draw : draws) {
      if (!(width > 0)) break;
      density += kernel(x - draw);
      if (std::isfinite(range.low)) density += kernel(x - (2 * range.low - draw));
      if (std::isfinite(range.high)) density += kernel(x - (2 * range.high - draw));
    }
    to.at.push_back(x);
    to.prior.push_back(prior.density(x));
    to.posterior.push_back(density / static_cast<double>(draws.size()));
  }
  return to;
}

}  // namespace sojourn::models
