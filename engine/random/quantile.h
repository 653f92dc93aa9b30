#pragma once
// Quantile functions: what turns a uniform draw into a duration, an experience or a patience, by inversion, so that the
// same luck under a slightly changed distribution gives a slightly changed draw. Nothing here calls libm.

#include "engine/base/math.h"
#include "engine/random/normal_table.h"
#include "engine/random/philox.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
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

  double tabulated(double z_score) const;  // the table's y there
  double picked(double u) const;           // of a discrete table
};

/// Makes quantile functions and owns their tables. Several threads may make some at once.
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

  const double* keep(std::vector<double> table);

  NormalTable normal_;
  std::mutex mutex_;  // of tables_; they are made outside
  std::deque<std::vector<double>> tables_;
};

// Nodes of a tabulated quantile stand at z = kTableFirst + i kTableStep, [y, dy/dz] each; between them, a cubic with
// the right slopes. |z| <= 6.34 for 32-bit uniforms.
inline constexpr double kTableFirst = -6.5;
inline constexpr double kTableStep = 1.0 / 16.0;
inline constexpr std::uint32_t kTableNodes = 209;

namespace formula {

inline double square_root(double x) { return std::sqrt(x); }
inline double magnitude(double x) { return std::fabs(x); }
inline double with_sign(double x, double sign) { return std::copysign(x, sign); }
inline std::uint64_t bits_of(double x) { return std::bit_cast<std::uint64_t>(x); }
inline double from_bits(std::uint64_t bits) { return std::bit_cast<double>(bits); }
template <int by>
std::uint64_t up(std::uint64_t a) {
  return a << by;
}
inline double floor_of(double x) { return static_cast<double>(static_cast<std::uint32_t>(x)); }  // 0 <= x < 2^32
inline std::uint64_t index_of(double x) { return static_cast<std::uint64_t>(x); }
struct FourReals {
  double a, b, c, d;
};
inline FourReals four_at(const double* table, std::uint64_t index) {
  return {table[index], table[index + 1], table[index + 2], table[index + 3]};
}
inline double picked(const Quantile& q, double u) { return q.picked(u); }

#include "engine/random/quantile.inl"

}  // namespace formula

inline double Quantile::tabulated(double z_score) const { return formula::tabulated(table, z_score); }

inline double Quantile::operator()(double u) const { return formula::quantile(*this, u); }

}  // namespace sojourn::engine
