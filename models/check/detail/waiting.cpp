#include "models/check/detail/waiting.h"

#include "engine/base/contract.h"
#include "engine/random/normal.h"
#include "models/text/duration.h"

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>

namespace sojourn::models::detail {
namespace {

using Family = Distribution::Family;

constexpr double least_uniform = 0x1p-33;  // engine/random/luck.h
constexpr double normal_shape = 1e8;       // of a gamma that is a normal for our purposes

std::int64_t whole(double ms) { return whole_milliseconds(std::clamp(ms, 0.0, longest_duration_ms)); }

bool single_values(const Distribution& time) {
  return time.family == Family::constant || time.family == Family::discrete;
}

std::vector<std::pair<double, double>> values_of(const Distribution& time) {
  if (time.family == Family::constant) return {{time.a, 1.0}};
  return time.points;
}

struct Sides {
  double below = 0;
  double above = 0;
};

Sides sides(double below) { return {below, 1 - below}; }

Sides normal_sides(double z) { return {0.5 * std::erfc(-z / std::sqrt(2.0)), 0.5 * std::erfc(z / std::sqrt(2.0))}; }

/// The chances that a draw, not rounded yet, is below or above x > 0. For families of a continuum.
Sides sides_of(const Distribution& time, double x) {
  switch (time.family) {
    case Family::normal: return normal_sides((x - time.a) / time.b);
    case Family::lognormal: return normal_sides(std::log(x / time.a) / time.b);
    case Family::exponential: return {-std::expm1(-x / time.a), std::exp(-x / time.a)};
    case Family::gamma: {
      const double shape = (time.a / time.b) * (time.a / time.b);
      if (shape > normal_shape) return normal_sides((x - time.a) / time.b);
      const double units = x / time.a * shape;
      return {boost::math::gamma_p(shape, units), boost::math::gamma_q(shape, units)};
    }
    case Family::uniform: return sides(std::clamp((x - time.a) / (time.b - time.a), 0.0, 1.0));
    case Family::triangular: {
      const double width = time.c - time.a;
      if (x <= time.a) return {0, 1};
      if (x >= time.c) return {1, 0};
      if (x < time.b) return sides((x - time.a) * (x - time.a) / (width * (time.b - time.a)));
      const double above = (time.c - x) * (time.c - x) / (width * (time.c - time.b));
      return {1 - above, above};
    }
    case Family::constant:
    case Family::discrete:
    case Family::beta: break;
  }
  SOJOURN_EXPECT(false, "not a time that varies continuously");
  return {};
}

/// The chance that the time, in whole milliseconds, is below `limit`, or above it.
Sides whole_sides(const Distribution& time, std::int64_t limit) {
  if (single_values(time)) {
    Sides sum;
    double total = 0;
    for (const auto& [value, weight] : values_of(time)) {
      total += weight;
      if (whole(value) < limit) sum.below += weight;
      if (whole(value) > limit) sum.above += weight;
    }
    return {sum.below / total, sum.above / total};
  }
  const double at = static_cast<double>(limit);
  return {limit > 0 ? sides_of(time, at - 0.5).below : 0.0, sides_of(time, at + 0.5).above};
}

/// Both exponential and rounded to the nearest: with D and P the means, r = e^(-1/D - 1/P) and h = e^(-1/2D - 1/2P),
/// P(0 = patience < duration) = (1 - e^(-1/2P)) e^(-1/2D), and the sum over patience k >= 1 of
/// (e^(-(k-1/2)/P) - e^(-(k+1/2)/P)) e^(-(k+1/2)/D) is geometric: e^(-1/2D) (e^(1/2P) - e^(-1/2P)) r / (1 - r).
double exponential_give_up(double duration_mean, double patience_mean) {
  const double half_d = 0.5 / duration_mean;
  const double half_p = 0.5 / patience_mean;
  const double at_zero = -std::expm1(-half_p) * std::exp(-half_d);
  const double rate = 2 * half_d + 2 * half_p;
  // (e^(1/2P) - e^(-1/2P)) r = (1 - e^(-1/P)) e^(-1/D - 1/2P), which cannot overflow.
  const double later =
      std::exp(-half_d) * -std::expm1(-2 * half_p) * std::exp(-2 * half_d - half_p) / -std::expm1(-rate);
  return at_zero + later;
}

}  // namespace

Drawn drawn(const Distribution& time) {
  if (single_values(time)) {
    Drawn ends{std::int64_t{1} << 62, 0};
    for (const auto& [value, weight] : values_of(time)) {
      if (!(weight > 0)) continue;
      ends.least = std::min(ends.least, whole(value));
      ends.most = std::max(ends.most, whole(value));
    }
    return ends;
  }
  // The quantiles at the least and the greatest uniform; the walk tabulates a gamma's, which would take long here.
  const double u = least_uniform;
  const double z = -engine::normal_quantile(u);
  switch (time.family) {
    case Family::normal: return {whole(time.a - time.b * z), whole(time.a + time.b * z)};
    case Family::lognormal: return {whole(time.a * std::exp(-time.b * z)), whole(time.a * std::exp(time.b * z))};
    case Family::exponential: return {whole(-time.a * std::log1p(-u)), whole(-time.a * std::log(u))};
    case Family::uniform: return {whole(time.a + (time.b - time.a) * u), whole(time.b - (time.b - time.a) * u)};
    case Family::triangular: {
      const double width = time.c - time.a;
      const double rise = time.b - time.a;
      const double fall = time.c - time.b;
      return {
          whole(u * width < rise ? time.a + std::sqrt(u * width * rise) : time.c - std::sqrt((1 - u) * width * fall)),
          whole(u * width < fall ? time.c - std::sqrt(u * width * fall) : time.a + std::sqrt((1 - u) * width * rise))};
    }
    case Family::gamma: {
      const double shape = (time.a / time.b) * (time.a / time.b);
      if (shape > normal_shape) return {whole(time.a - time.b * z), whole(time.a + time.b * z)};
      const double unit = time.a / shape;
      return {whole(unit * boost::math::gamma_p_inv(shape, u)), whole(unit * boost::math::gamma_q_inv(shape, u))};
    }
    case Family::constant:
    case Family::discrete:
    case Family::beta: break;
  }
  SOJOURN_EXPECT(false, "not a time that varies continuously");
  return {};
}

bool can_be_between(const Distribution& time, std::int64_t above, std::int64_t most) {
  if (single_values(time)) {
    for (const auto& [value, weight] : values_of(time)) {
      if (weight > 0 && whole(value) > above && whole(value) <= most) return true;
    }
    return false;
  }
  const Drawn ends = drawn(time);
  return std::max(ends.least, above + 1) <= std::min(ends.most, most);
}

std::optional<double> give_up_chance(const Distribution& duration, const Distribution& patience) {
  if (single_values(duration)) {
    double chance = 0;
    double total = 0;
    for (const auto& [value, weight] : values_of(duration)) {
      chance += weight * whole_sides(patience, whole(value)).below;
      total += weight;
    }
    return chance / total;
  }
  if (single_values(patience)) {
    double chance = 0;
    double total = 0;
    for (const auto& [value, weight] : values_of(patience)) {
      chance += weight * whole_sides(duration, whole(value)).above;
      total += weight;
    }
    return chance / total;
  }
  if (duration.family == Family::exponential && patience.family == Family::exponential) {
    return exponential_give_up(duration.a, patience.a);
  }
  return std::nullopt;
}

}  // namespace sojourn::models::detail
