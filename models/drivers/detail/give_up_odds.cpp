#include "models/drivers/detail/give_up_odds.h"

#include "engine/base/math.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>

namespace sojourn::models::detail {
namespace {

/// A value that a draw takes, how likely it is, and the luck that it belongs to.
struct Part {
  double u, weight, value;
};

/// Where the shares of a law are cut before they are integrated over, as logits: evenly, and where the draws of `other` lie among
/// its own, so that no part of either is stepped over and the ends of `other` are ends of parts.
std::vector<double> cuts_of(const engine::Quantile& quantile, const engine::Quantile& other) {
  constexpr double kFar = 22;  // beyond are 3e-10
  std::vector<double> cuts;
  for (double y = -kFar; y <= kFar; y += 1) {
    cuts.push_back(y);
    if (!engine::has_density(other)) continue;
    const double u = engine::share_below(quantile, other(engine::logistic(y)));
    if (!(u > 0 && u < 1)) continue;
    const double there = engine::log(u) - engine::log(1 - u);
    if (there > -kFar && there < kFar) cuts.push_back(there);
  }
  std::ranges::sort(cuts);
  return cuts;
}

/// Gauss's rule on each part; du = u (1 - u) dy.
std::vector<Part> parts_of(const engine::Quantile& quantile, const engine::Quantile& other) {
  if (quantile.kind == engine::Quantile::Kind::constant) return {{0.5, 1.0, quantile.a}};
  std::vector<Part> parts;
  if (quantile.kind == engine::Quantile::Kind::discrete) {
    double below = 0;
    for (std::uint32_t i = 0; i < quantile.count; ++i) {
      const double up_to = quantile.table[2 * i];
      parts.push_back({0.5 * (below + up_to), up_to - below, quantile.table[2 * i + 1]});
      below = up_to;
    }
    return parts;
  }
  using Rule = boost::math::quadrature::gauss<double, 8>;
  const std::vector<double> cuts = cuts_of(quantile, other);
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double half = 0.5 * (cuts[i + 1] - cuts[i]);
    if (half < 1e-13) continue;
    for (std::size_t k = 0; k < Rule::abscissa().size(); ++k) {
      for (const double side : {-1.0, 1.0}) {
        const double u = engine::logistic(cuts[i] + half * (1 + side * Rule::abscissa()[k]));
        parts.push_back({u, half * Rule::weights()[k] * u * (1 - u), quantile(u)});
      }
    }
  }
  return parts;
}

/// Draws of the narrower law are gone through, with the density of the wider one, which no two of them step over.
double spread(const engine::Quantile& quantile) { return quantile(0.75) - quantile(0.25); }

class Odds {
 public:
  void shift(const DrawOrigin& origin, double u, double by) {
    for (std::uint32_t i = 0; i < origin.count; ++i) {
      const double change = by * origin.slope[i](u);
      const auto known = std::ranges::find(odds.slopes, origin.lever[i], &std::pair<std::uint32_t, double>::first);
      if (known == odds.slopes.end())
        odds.slopes.emplace_back(origin.lever[i], change);
      else
        known->second += change;
    }
  }
  GiveUpOdds odds;
};

}  // namespace

GiveUpOdds give_up_odds(const engine::Quantile& duration, const DrawOrigin& duration_origin,
                        const engine::Quantile& patience, const DrawOrigin& patience_origin) {
  Odds result;
  if (engine::has_density(duration) && (!engine::has_density(patience) || spread(patience) <= spread(duration))) {
    for (const Part& part : parts_of(patience, duration)) {
      const double limit = std::max(part.value, 0.0);
      const double u = engine::share_below(duration, limit);
      result.odds.probability += part.weight * (1 - u);
      if (u <= 0 || u >= 1) continue;
      const double passing = part.weight * engine::density_at(duration, u);
      result.shift(duration_origin, u, passing);
      if (part.value > 0) result.shift(patience_origin, part.u, -passing);
    }
    return result.odds;
  }
  for (const Part& part : parts_of(duration, patience)) {
    if (part.value <= 0) continue;
    if (!engine::has_density(patience)) {
      for (const Part& other : parts_of(patience, duration)) {
        if (part.value > std::max(other.value, 0.0)) result.odds.probability += part.weight * other.weight;
      }
      continue;
    }
    const double u = engine::share_below(patience, part.value);
    result.odds.probability += part.weight * u;
    if (u <= 0 || u >= 1) continue;
    const double passing = part.weight * engine::density_at(patience, u);
    result.shift(duration_origin, part.u, passing);
    result.shift(patience_origin, u, -passing);
  }
  return result.odds;
}

}  // namespace sojourn::models::detail
