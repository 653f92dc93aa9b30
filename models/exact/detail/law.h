#pragma once
// A distribution of a journey file as expectations need it: its distribution function and its moments between two points,
// in closed form. The walk draws from the same laws by their quantile functions (engine/random/quantile.h).

#include "models/journey/distribution.h"

#include <limits>
#include <memory>
#include <utility>
#include <vector>

namespace sojourn::models::exact {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// E[X^k; the event], k = 0, 1, 2.
struct Moments {
  double zeroth = 0, first = 0, second = 0;

  Moments& operator+=(const Moments& other) {
    zeroth += other.zeroth;
    first += other.first;
    second += other.second;
    return *this;
  }
};

/// All of its mass `weight` at one value.
inline Moments at(double value, double weight) { return {weight, weight * value, weight * value * value}; }

class Law {
 public:
  explicit Law(const Distribution& distribution);
  ~Law();
  Law(Law&&) noexcept;
  Law& operator=(Law&&) noexcept;

  /// (value, probability) rising, of a constant or discrete law; empty for a continuous one.
  const std::vector<std::pair<double, double>>& atoms() const { return atoms_; }
  bool is_discrete() const { return !atoms_.empty(); }

  double at_most(double x) const;  // P(X <= x)
  double above(double x) const;    // P(X > x), accurate where it is small
  /// E[X^k; low < X <= high]; the ends may be infinite.
  Moments between(double low, double high) const;
  /// One of them, of a continuous law.
  double moment(int k, double low, double high) const;
  double mean() const { return between(-kInfinity, kInfinity).first; }
  /// An upper bound of E|X|^8.
  double eighth_moment() const;

  /// The density of a uniform law; 0 of all others.
  double flat_density() const;
  // Of a continuous law: the quantile at the probability that a standard normal has below z, and the reverse.
  double at_z(double z) const;
  double z_of(double x) const;

  struct Shape;

 private:
  std::vector<std::pair<double, double>> atoms_;
  std::unique_ptr<Shape> shape_;
};

}  // namespace sojourn::models::exact
