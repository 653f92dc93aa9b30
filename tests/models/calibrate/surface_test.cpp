#include "models/calibrate/surface.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

TEST(Surface, a_quadratic_comes_back) {
  for (const Eigen::Index n : {1, 2, 3}) {
    Eigen::VectorXd slope = Eigen::VectorXd::LinSpaced(n, 1, 2);
    Eigen::MatrixXd curvature = -Eigen::MatrixXd::Identity(n, n);
    for (Eigen::Index i = 1; i < n; ++i) curvature(i, i - 1) = curvature(i - 1, i) = 0.3;
    const Eigen::MatrixXd places = surface_design(n);
    Eigen::MatrixXd values(places.rows(), 2);
    for (Eigen::Index point = 0; point < places.rows(); ++point) {
      const Eigen::VectorXd u = places.row(point).transpose();
      values(point, 0) = 7 + slope.dot(u) + 0.5 * u.dot(curvature * u);
      values(point, 1) = 2 * u[0];
    }
    const std::vector<Surface> found = surfaces_through(places, values);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_NEAR(found[0].value, 7, 1e-12);
    EXPECT_LT((found[0].slope - slope).norm(), 1e-12);
    EXPECT_LT((found[0].curvature - curvature).norm(), 1e-12);
    EXPECT_NEAR(found[1].slope[0], 2, 1e-12);
    EXPECT_LT(found[1].curvature.norm(), 1e-12);
  }
}

}  // namespace
}  // namespace sojourn::models
