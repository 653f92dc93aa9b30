#include "engine/study/hamiltonian.h"

#include <gtest/gtest.h>

namespace sojourn::engine {
namespace {

double standard_normal(const Eigen::VectorXd& x, Eigen::VectorXd& slope) {
  slope = -x;
  return -0.5 * x.squaredNorm();
}

TEST(Hamiltonian, keeps_the_density_of_each_draw) {
  SamplerPlan plan;
  plan.chains = 2;
  plan.warm_up = 20;
  plan.draws = 30;
  const Sample drawn = sample(standard_normal, Eigen::VectorXd::Zero(3), Eigen::MatrixXd::Identity(3, 3), plan);
  ASSERT_EQ(drawn.log_densities.size(), 2U);
  for (std::size_t chain = 0; chain < 2; ++chain) {
    ASSERT_EQ(drawn.log_densities[chain].size(), 30);
    for (Eigen::Index i = 0; i < 30; ++i) {
      EXPECT_NEAR(drawn.log_densities[chain][i], -0.5 * drawn.chains[chain].row(i).squaredNorm(), 1e-12);
    }
  }
}

}  // namespace
}  // namespace sojourn::engine
