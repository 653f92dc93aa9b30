#include "models/learn/durations.h"

#include "models/learn/counts.h"

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <numeric>
#include <optional>

namespace sojourn::models {
namespace {

using Family = Distribution::Family;

// Cell 0 is what is shorter than half a second; the last one has no end.
constexpr double first_edge_ms = 500;
const double growth = std::exp2(0.25);
constexpr std::size_t cells = 160;  // up to 16 years

double edge_below(std::size_t cell) {
  return cell == 0 ? 0 : first_edge_ms * std::pow(growth, static_cast<double>(cell - 1));
}

std::size_t cell_of(double ms) {
  if (ms < first_edge_ms) return 0;
  const double above = std::log(ms / first_edge_ms) / std::log(growth);
  return std::min(cells - 1, 1 + static_cast<std::size_t>(above));
}

/// What the families are made from.
struct Sample {
  std::vector<double> count = std::vector<double>(cells, 0), sum = std::vector<double>(cells, 0);
  double n = 0, total = 0, squares = 0, logs = 0, log_squares = 0;
  double low = std::numeric_limits<double>::infinity(), high = 0;

  void add(double ms) {
    const std::size_t cell = cell_of(ms);
    ++count[cell];
    sum[cell] += ms;
    ++n;
    total += ms;
    squares += ms * ms;
    const double log = std::log(std::max(ms, first_edge_ms / 2));  // zeros have no logarithm
    logs += log;
    log_squares += log * log;
    low = std::min(low, ms);
    high = std::max(high, ms);
  }
  double mean() const { return total / n; }
  double sd() const { return std::sqrt(std::max(0.0, squares / n - mean() * mean())); }
  double log_mean() const { return logs / n; }
  double log_sd() const { return std::sqrt(std::max(0.0, log_squares / n - log_mean() * log_mean())); }
};

/// Maximum likelihood, of gamma nearly (Minka 2002, "Estimating a gamma distribution", the start of his iteration), of triangular
/// by the mean. Nothing where the family cannot be: no width, no mass.
std::optional<Distribution> fitted(Family family, const Sample& sample) {
  Distribution to;
  to.family = family;
  if (family == Family::constant) {
    to.a = std::round(sample.mean());
    return to;
  }
  if (!(sample.high > sample.low)) return std::nullopt;
  switch (family) {
    case Family::exponential: to.a = sample.mean(); break;
    case Family::lognormal:
      to.a = std::exp(sample.log_mean());
      to.b = sample.log_sd();
      break;
    case Family::normal:
      to.a = sample.mean();
      to.b = sample.sd();
      break;
    case Family::gamma: {
      const double s = std::log(sample.mean()) - sample.log_mean();
      if (!(s > 1e-9)) return std::nullopt;
      const double shape = (3 - s + std::sqrt((s - 3) * (s - 3) + 24 * s)) / (12 * s);
      to.a = sample.mean();
      to.b = to.a / std::sqrt(shape);
      break;
    }
    case Family::uniform:
      to.a = sample.low;
      to.b = sample.high;
      break;
    case Family::triangular:
      to.a = sample.low;
      to.b = std::clamp(3 * sample.mean() - sample.low - sample.high, sample.low, sample.high);
      to.c = sample.high;
      break;
    case Family::discrete:
      for (std::size_t cell = 0; cell < cells; ++cell) {
        if (sample.count[cell] > 0) {
          to.points.emplace_back(std::round(sample.sum[cell] / sample.count[cell]), sample.count[cell]);
        }
      }
      break;
    default: return std::nullopt;
  }
  return to;
}

double triangle_below(const Distribution& d, double x) {
  if (x <= d.a) return 0;
  if (x >= d.c) return 1;
  if (x < d.b) return (x - d.a) * (x - d.a) / ((d.c - d.a) * (d.b - d.a));
  return 1 - (d.c - x) * (d.c - x) / ((d.c - d.a) * (d.c - d.b));
}

/// P(X < x), x > 0. A discrete one has its cells instead.
double below(const Distribution& d, double x) {
  switch (d.family) {
    case Family::constant: return x > d.a ? 1 : 0;
    case Family::exponential: return -std::expm1(-x / d.a);
    case Family::lognormal: return 0.5 * std::erfc(-(std::log(x) - std::log(d.a)) / (d.b * std::sqrt(2.0)));
    case Family::normal: return 0.5 * std::erfc(-(x - d.a) / (d.b * std::sqrt(2.0)));
    case Family::gamma: return boost::math::gamma_p(d.a * d.a / (d.b * d.b), x * d.a / (d.b * d.b));
    case Family::uniform: return std::clamp((x - d.a) / (d.b - d.a), 0.0, 1.0);
    case Family::triangular: return triangle_below(d, x);
    default: return 0;
  }
}

/// Of what is drawn, where what is below 0 counts as 0. Of families that have the sample's mean by construction: that.
double mean_of(const Distribution& d, const Sample& sample) {
  if (d.family == Family::lognormal) return d.a * std::exp(d.b * d.b / 2);
  if (d.family == Family::uniform) return (d.a + d.b) / 2;
  if (d.family == Family::triangular) return (d.a + d.b + d.c) / 3;
  if (d.family != Family::normal) return sample.mean();
  const double z = d.a / d.b;
  const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  return d.a * 0.5 * std::erfc(-z / std::sqrt(2.0)) + d.b * density;
}

/// Times of whole cases are sums: a family that fits most visits, but whose tail is not there, would spoil them.
bool keeps_the_mean(const Distribution& d, const Sample& sample) {
  constexpr double near = 0.1;
  return std::abs(mean_of(d, sample) - sample.mean()) <= near * sample.mean();
}

/// A little of everything, so that what lies outside a range costs much and not all.
constexpr double slip = 1e-4;

std::vector<double> cell_probabilities(const Distribution& d, const Sample& sample) {
  std::vector<double> p(cells, slip / cells);
  double last = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    double mass = 0;
    if (d.family == Family::discrete) {
      mass = smoothed(sample.count[cell], sample.n, 1.0 / cells, 1);
    } else {
      const double next = cell + 1 == cells ? 1 : below(d, edge_below(cell + 1));
      mass = next - last;
      last = next;
    }
    p[cell] += (1 - slip) * std::max(0.0, mass);
  }
  return p;
}

constexpr Family families[] = {Family::constant, Family::exponential, Family::lognormal,  Family::gamma,
                               Family::normal,   Family::uniform,     Family::triangular, Family::discrete};

}  // namespace

FittedDuration fit_duration(const std::vector<TimedVisit>& visits) {
  FittedDuration best;
  if (visits.empty()) return best;
  best.nats = std::numeric_limits<double>::infinity();
  Sample whole;
  std::vector<Sample> in(kFolds), without(kFolds);
  for (const TimedVisit& visit : visits) {
    const auto ms = static_cast<double>(visit.ms);
    whole.add(ms);
    for (unsigned fold = 0; fold < kFolds; ++fold) (fold == visit.fold ? in : without)[fold].add(ms);
  }
  for (const Family family : families) {
    const std::optional<Distribution> fit = fitted(family, whole);
    if (!fit || !keeps_the_mean(*fit, whole)) continue;
    double nats = 0;
    for (unsigned fold = 0; fold < kFolds; ++fold) {
      if (in[fold].n == 0) continue;
      const std::optional<Distribution> of_others = without[fold].n > 0 ? fitted(family, without[fold]) : std::nullopt;
      const std::vector<double> p =
          of_others ? cell_probabilities(*of_others, without[fold]) : std::vector<double>(cells, 1.0 / cells);
      for (std::size_t cell = 0; cell < cells; ++cell) {
        if (in[fold].count[cell] > 0) nats -= in[fold].count[cell] * std::log(p[cell]);
      }
    }
    if (nats < best.nats) best = {*fit, nats};
  }
  return best;
}

}  // namespace sojourn::models
