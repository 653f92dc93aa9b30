#include "models/calibrate/surface.h"

#include "engine/base/contract.h"

#include <Eigen/QR>

namespace sojourn::models {

using Eigen::Index;

Eigen::MatrixXd surface_design(Index coordinates) {
  constexpr double kAlongBoth = 0.7;
  const Index pairs = coordinates * (coordinates - 1) / 2;
  Eigen::MatrixXd places = Eigen::MatrixXd::Zero(1 + 4 * coordinates + 4 * pairs, coordinates);
  Index point = 1;
  for (Index i = 0; i < coordinates; ++i) {
    for (const double step : {1.0, -1.0, 0.5, -0.5}) places(point++, i) = step;
    for (Index j = 0; j < i; ++j) {
      for (const double first : {kAlongBoth, -kAlongBoth}) {
        for (const double second : {kAlongBoth, -kAlongBoth}) {
          places(point, i) = first;
          places(point++, j) = second;
        }
      }
    }
  }
  return places;
}

std::vector<Surface> surfaces_through(const Eigen::MatrixXd& places, const Eigen::MatrixXd& values) {
  const Index n = places.cols();
  const Index terms = 1 + n + n * (n + 1) / 2;
  SOJOURN_EXPECT(places.rows() >= terms && values.rows() == places.rows(), "enough points for a quadratic");
  Eigen::MatrixXd basis(places.rows(), terms);
  for (Index point = 0; point < places.rows(); ++point) {
    Index term = 0;
    basis(point, term++) = 1;
    for (Index i = 0; i < n; ++i) basis(point, term++) = places(point, i);
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j <= i; ++j) basis(point, term++) = places(point, i) * places(point, j) * (i == j ? 0.5 : 1);
    }
  }
  const Eigen::MatrixXd found = basis.colPivHouseholderQr().solve(values);
  std::vector<Surface> list;
  for (Index column = 0; column < values.cols(); ++column) {
    Surface& to = list.emplace_back(Surface{found(0, column), found.col(column).segment(1, n), Eigen::MatrixXd(n, n)});
    Index term = 1 + n;
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j <= i; ++j) to.curvature(i, j) = to.curvature(j, i) = found(term++, column);
    }
  }
  return list;
}

}  // namespace sojourn::models
