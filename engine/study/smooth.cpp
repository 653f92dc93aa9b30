#include "engine/study/smooth.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sojourn::engine {
namespace {

constexpr int most_degrees = 4;

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

double cube_above(double x, double knot) { return x > knot ? (x - knot) * (x - knot) * (x - knot) : 0; }

/// The columns of a natural spline with these knots, without the constant: x, and a bend for every inner knot.
std::vector<Vector> columns(const Vector& x, const Vector& knots) {
  std::vector<Vector> list = {x};
  const std::size_t last = knots.size() - 1;
  const auto d = [&](std::size_t k, double at) {
    return (cube_above(at, knots[k]) - cube_above(at, knots[last])) / (knots[last] - knots[k]);
  };
  for (std::size_t k = 0; k + 1 < last; ++k) {
    if (!(knots[k] < knots[last - 1])) continue;
    Vector column;
    for (const double at : x) column.push_back(d(k, at) - d(last - 1, at));
    list.push_back(std::move(column));
  }
  return list;
}

/// Made orthonormal one after the other (modified Gram-Schmidt, twice for accuracy); what the others say already is left out.
std::vector<Vector> orthonormal(std::vector<Vector> list) {
  std::vector<Vector> basis;
  for (Vector& column : list) {
    const double before = std::sqrt(dot(column, column));
    for (int pass = 0; pass < 2; ++pass) {
      for (const Vector& other : basis) {
        const double part = dot(column, other);
        for (std::size_t i = 0; i < column.size(); ++i) column[i] -= part * other[i];
      }
    }
    const double left = std::sqrt(dot(column, column));
    if (!(left > 1e-9 * before)) continue;
    for (double& value : column) value /= left;
    basis.push_back(std::move(column));
  }
  return basis;
}

}  // namespace

Smooth smooth(std::span<const double> x, std::span<const double> y) {
  SOJOURN_EXPECT(x.size() == y.size() && !x.empty(), "points");
  const std::size_t n = x.size();
  Vector sorted(x.begin(), x.end());
  std::sort(sorted.begin(), sorted.end());
  const Vector given(x.begin(), x.end());
  Smooth best;
  double least = 0;
  for (int degrees = 0; degrees <= most_degrees && static_cast<std::size_t>(degrees) + 2 < n; ++degrees) {
    std::vector<Vector> list = {Vector(n, 1.0)};
    if (degrees > 0) {
      Vector knots;
      for (int k = 0; k <= degrees; ++k) {
        knots.push_back(sorted[static_cast<std::size_t>(k) * (n - 1) / static_cast<std::size_t>(degrees)]);
      }
      if (!(knots.front() < knots.back())) break;  // the input never varies
      for (Vector& column : columns(given, knots)) list.push_back(std::move(column));
    }
    const std::vector<Vector> basis = orthonormal(std::move(list));
    Vector fitted(n, 0.0);
    Vector leverage(n, 0.0);
    for (const Vector& direction : basis) {
      double part = 0;
      for (std::size_t i = 0; i < n; ++i) part += direction[i] * y[i];
      for (std::size_t i = 0; i < n; ++i) {
        fitted[i] += part * direction[i];
        leverage[i] += direction[i] * direction[i];
      }
    }
    double press = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double left_out = (y[i] - fitted[i]) / std::max(1e-12, 1 - leverage[i]);
      press += left_out * left_out;
    }
    if (degrees == 0 || press < least) {
      least = press;
      best = {std::move(fitted), degrees};
    }
  }
  if (best.fitted.empty()) best.fitted.assign(y.begin(), y.end());
  return best;
}

}  // namespace sojourn::engine
