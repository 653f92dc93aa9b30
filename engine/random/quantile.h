#pragma once
// Quantile functions: what turns a uniform draw into a duration, an experience or a patience, by inversion, so that the
// same luck under a slightly changed distribution gives a slightly changed draw. Nothing here calls libm.

#include "engine/base/math.h"
#include "engine/random/normal_table.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

namespace sojourn::engine {

/// A quantile function, small and flat; tables live in a QuantilePool that must outlive it.
struct Quantile {
  enum class Kind : std::uint8_t {
    constant,     // a
    normal,       // a + b z
    lognormal,    // a e^(b z)
    exponential,  // -a log(1 - u)
    uniform,      // a + (b - a) u
    triangular,   // low a, mode b, high c
    table_log,    // a e^y(z), y tabulated (gamma)
    table_logit,  // a / (1 + e^-y(z)), y tabulated (beta that is steep somewhere)
    table_plain,  // y(z) tabulated (beta otherwise)
    discrete,     // table of (cumulative share, value)
  };
  Kind kind = Kind::constant;
  std::uint32_t count = 0;  // of table nodes
  double a = 0, b = 0, c = 0;
  const double* table = nullptr;   // [count][2]
  const NormalTable* z = nullptr;  // of the kinds that start from a normal

  double operator()(double u) const;  // 2^-33 <= u <= 1 - 2^-33, as 32-bit uniforms are

  double tabulated(double at) const;  // the table's y at z = at
  double picked(double u) const;      // of a discrete table
};

/// Makes quantile functions and owns their tables.
class QuantilePool {
 public:
  QuantilePool() = default;
  QuantilePool(const QuantilePool&) = delete;  // quantiles point into it
  QuantilePool& operator=(const QuantilePool&) = delete;

  Quantile constant(double value);
  Quantile normal(double mean, double sd);
  Quantile lognormal(double median, double sigma);
  Quantile exponential(double mean);
  Quantile uniform(double low, double high);
  Quantile triangular(double low, double mode, double high);
  /// Shape (mean/sd)^2; mean, sd > 0.
  Quantile gamma(double mean, double sd);
  /// `scale` times a beta variate with the given parameters; a, b > 0.
  Quantile beta(double alpha, double beta, double scale);
  /// Values rising, weights >= 0 and not all 0.
  Quantile discrete(const std::vector<std::pair<double, double>>& values_and_weights);

 private:
  Quantile tabulated(Quantile::Kind kind, double scale, std::vector<double> table);

  NormalTable normal_;
  std::deque<std::vector<double>> tables_;
};

// Nodes of a tabulated quantile stand at z = kTableFirst + i kTableStep, [y, dy/dz] each; between them, a cubic with
// the right slopes. |z| <= 6.34 for 32-bit uniforms.
inline constexpr double kTableFirst = -6.5;
inline constexpr double kTableStep = 1.0 / 16.0;
inline constexpr std::uint32_t kTableNodes = 209;

inline double Quantile::tabulated(double at) const {
  const double position = (at - kTableFirst) * (1.0 / kTableStep);
  const auto i = static_cast<std::uint32_t>(position);
  const double t = position - i;
  const double* node = table + 2 * i;
  const double rise = node[2] - node[0];
  const double slope0 = node[1] * kTableStep;
  const double slope1 = node[3] * kTableStep;
  return node[0] + t * (slope0 + t * ((3.0 * rise - 2.0 * slope0 - slope1) + t * (slope0 + slope1 - 2.0 * rise)));
}

inline double Quantile::operator()(double u) const {
  switch (kind) {
    case Kind::constant: return a;
    case Kind::normal: return a + b * (*z)(u);
    case Kind::lognormal: return a * exp(b * (*z)(u));
    case Kind::exponential: return -a * log(1.0 - u);
    case Kind::uniform: return a + (b - a) * u;
    case Kind::triangular: {
      const double width = c - a;
      const double split = b - a;
      if (u * width < split) return a + std::sqrt(u * width * split);
      return c - std::sqrt((1.0 - u) * width * (c - b));
    }
    case Kind::table_log: return a * exp(tabulated((*z)(u)));
    case Kind::table_logit: return a * logistic(tabulated((*z)(u)));
    case Kind::table_plain: return tabulated((*z)(u));
    case Kind::discrete: return picked(u);
  }
  return a;
}

}  // namespace sojourn::engine
