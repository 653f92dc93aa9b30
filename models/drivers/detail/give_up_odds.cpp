#include "models/drivers/detail/give_up_odds.h"

#include <algorithm>

namespace sojourn::models::detail {
namespace {

/// A value that a draw takes, how likely it is, and the luck that it belongs to.
struct Part {
  double u, weight, value;
};

std::vector<Part> parts_of(const engine::Quantile& quantile) {
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
  constexpr int kParts = 256;
  for (int i = 0; i < kParts; ++i) {
    const double u = (i + 0.5) / kParts;
    parts.push_back({u, 1.0 / kParts, quantile(u)});
  }
  return parts;
}

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
  if (engine::has_density(duration)) {
    for (const Part& part : parts_of(patience)) {
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
  for (const Part& part : parts_of(duration)) {
    if (part.value <= 0) continue;
    if (!engine::has_density(patience)) {
      for (const Part& other : parts_of(patience)) {
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
