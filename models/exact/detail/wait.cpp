#include "models/exact/detail/wait.h"

#include "models/behaviour/tables.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>

namespace sojourn::models::exact {
namespace {

constexpr double kLongest = static_cast<double>(kLongestMs);

double whole(double ms) { return static_cast<double>(whole_ms(ms)); }

/// Of min(max(X, 0), longest), on low < X <= high, where a continuous X is not rounded: that moves no moment to first order.
Moments clamped(const Law& law, double low, double high) {
  Moments sum;
  if (!(high > low)) return sum;
  if (low < 0) sum += at(0, law.between(low, std::min(0.0, high)).zeroth);
  sum += law.between(std::max(low, 0.0), std::min(high, kLongest));
  if (high > kLongest) sum += at(kLongest, law.between(std::max(low, kLongest), high).zeroth);
  return sum;
}

/// Both continuous: an integral over the patience, as z of a standard normal, cut where either law changes.
Wait race(const Law& duration, const Law& patience) {
  constexpr double kFar = 12;
  std::vector<double> cuts;
  for (double z = -kFar; z <= kFar; z += 1) cuts.push_back(z);
  for (double z = -9; z <= 9; z += 1) {
    const double at_patience = patience.z_of(duration.at_z(z));
    if (at_patience > -kFar && at_patience < kFar) cuts.push_back(at_patience);
  }
  for (const double x : {0.0, kLongest}) {
    const double z = patience.z_of(x);
    if (z > -kFar && z < kFar) cuts.push_back(z);
  }
  std::sort(cuts.begin(), cuts.end());
  Wait wait;
  const auto integral = [&](auto f) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      if (cuts[i + 1] - cuts[i] < 1e-14) continue;
      sum += boost::math::quadrature::gauss<double, 20>::integrate(
          [&](double z) {
            const double t = std::clamp(patience.at_z(z), 0.0, kLongest);
            return std::exp(-0.5 * z * z) / std::sqrt(2 * M_PI) * f(t);
          },
          cuts[i], cuts[i + 1]);
    }
    return sum;
  };
  const auto longer = [&](double t) { return t >= kLongest ? 0 : duration.above(t + 0.5); };
  wait.given_up.zeroth = integral(longer);
  wait.given_up.first = integral([&](double t) { return t * longer(t); });
  wait.given_up.second = integral([&](double t) { return t * t * longer(t); });
  wait.stayed.zeroth = 1 - wait.given_up.zeroth;
  wait.stayed.first = integral([&](double t) { return clamped(duration, -kInfinity, t + 0.5).first; });
  wait.stayed.second = integral([&](double t) { return clamped(duration, -kInfinity, t + 0.5).second; });
  return wait;
}

/// The duration is one value.
Wait against(double duration, const Law& patience) {
  Wait wait;
  if (patience.is_discrete()) {
    for (const auto& [value, probability] : patience.atoms()) {
      const double t = whole(value);
      (duration > t ? wait.given_up : wait.stayed) += at(std::min(duration, t), probability);
    }
    return wait;
  }
  const double cut = duration - 0.5;
  if (duration > 0) wait.given_up = clamped(patience, -kInfinity, cut);
  wait.stayed = at(duration, duration > 0 ? patience.above(cut) : 1);
  return wait;
}

/// The patience is one value.
Wait against(const Law& duration, double patience) {
  Wait wait;
  if (patience >= kLongest) {
    wait.stayed = clamped(duration, -kInfinity, kInfinity);
    return wait;
  }
  wait.given_up = at(patience, duration.above(patience + 0.5));
  wait.stayed = clamped(duration, -kInfinity, patience + 0.5);
  return wait;
}

void add(Wait& sum, const Wait& one, double weight) {
  for (const auto part : {&Wait::stayed, &Wait::given_up}) {
    const Moments& m = one.*part;
    sum.*part += Moments{weight * m.zeroth, weight * m.first, weight * m.second};
  }
}

double longest_of(const Distribution& d) {
  using Family = Distribution::Family;
  switch (d.family) {
    case Family::constant: return whole(d.a);
    case Family::uniform: return whole(d.b);
    case Family::triangular: return whole(d.c);
    case Family::discrete: return whole(d.points.back().first);
    default: return kInfinity;
  }
}

Wait first_moments(const Law& duration, const Law& patience) {
  Wait wait;
  if (duration.is_discrete()) {
    for (const auto& [value, probability] : duration.atoms()) {
      add(wait, against(whole(value), patience), probability);
    }
  } else if (patience.is_discrete()) {
    for (const auto& [value, probability] : patience.atoms()) add(wait, against(duration, whole(value)), probability);
  } else {
    wait = race(duration, patience);
  }
  return wait;
}

}  // namespace

Wait wait_of(const Distribution& duration_ms, const std::optional<Distribution>& patience_ms) {
  const Law duration(duration_ms);
  Distribution endless;
  endless.a = kLongest;
  Wait wait = first_moments(duration, Law(patience_ms.value_or(endless)));
  wait.eighth = duration.eighth_moment();
  wait.longest = longest_of(duration_ms);
  return wait;
}

}  // namespace sojourn::models::exact
