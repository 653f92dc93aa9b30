#include "models/replay/prior.h"

#include "engine/base/contract.h"
#include "engine/base/math.h"

#include <cmath>

namespace sojourn::models {
namespace {

using Family = Distribution::Family;

/// Shapes of 10 Beta(alpha, beta) from mean and sd (models/journey/distribution.h).
std::pair<double, double> beta_shapes(const Distribution& d) {
  const double mean = d.a / 10;
  const double n = mean * (1 - mean) / (d.b * d.b / 100) - 1;
  return {mean * n, (1 - mean) * n};
}

Support support_of(const Distribution& d) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  switch (d.family) {
    case Family::lognormal:
    case Family::exponential:
    case Family::gamma: return {0, kInfinity};
    case Family::uniform: return {d.a, d.b};
    case Family::triangular: return {d.a, d.c};
    case Family::beta: return {0, 10};
    default: return {};
  }
}

LogDensity log_density(const Distribution& d, double x) {
  switch (d.family) {
    case Family::normal: {
      const double z = (x - d.a) / d.b;
      return {-0.5 * z * z, -z / d.b};
    }
    case Family::lognormal: {
      const double z = engine::log(x / d.a) / d.b;
      return {-0.5 * z * z - engine::log(x), -(z / d.b + 1) / x};
    }
    case Family::exponential: return {-x / d.a, -1 / d.a};
    case Family::gamma: {
      const double shape = d.a * d.a / (d.b * d.b);
      const double rate = d.a / (d.b * d.b);
      return {(shape - 1) * engine::log(x) - rate * x, (shape - 1) / x - rate};
    }
    case Family::uniform: return {};
    case Family::triangular: {
      if (x < d.b) return {engine::log((x - d.a) / (d.b - d.a)), 1 / (x - d.a)};
      return {engine::log((d.c - x) / (d.c - d.b)), -1 / (d.c - x)};
    }
    case Family::beta: {
      const auto [alpha, beta] = beta_shapes(d);
      return {(alpha - 1) * engine::log(x) + (beta - 1) * engine::log(10 - x), (alpha - 1) / x - (beta - 1) / (10 - x)};
    }
    default: break;
  }
  SOJOURN_ENSURE(false, "a prior has a density");
  return {};
}

double mean_of(const Distribution& d) {
  switch (d.family) {
    case Family::lognormal: return d.a * engine::exp(0.5 * d.b * d.b);
    case Family::uniform: return 0.5 * (d.a + d.b);
    case Family::triangular: return (d.a + d.b + d.c) / 3;
    default: return d.a;
  }
}

double sd_of(const Distribution& d) {
  switch (d.family) {
    case Family::lognormal: return mean_of(d) * std::sqrt((engine::exp(d.b * d.b) - 1));
    case Family::exponential: return d.a;
    case Family::uniform: return (d.b - d.a) / std::sqrt(12.0);
    case Family::triangular:
      return std::sqrt((d.a * d.a + d.b * d.b + d.c * d.c - d.a * d.b - d.a * d.c - d.b * d.c) / 18);
    default: return d.b;
  }
}

}  // namespace

Support support_of(const Uncertain& prior) {
  const Support inner = support_of(prior.distribution);
  return {prior.factor * inner.low, prior.factor * inner.high};
}

LogDensity log_density(const Uncertain& prior, double x) {
  LogDensity density = log_density(prior.distribution, x / prior.factor);
  density.slope /= prior.factor;
  return density;
}

double prior_mean(const Uncertain& prior) { return prior.factor * mean_of(prior.distribution); }
double prior_sd(const Uncertain& prior) { return prior.factor * sd_of(prior.distribution); }

}  // namespace sojourn::models
