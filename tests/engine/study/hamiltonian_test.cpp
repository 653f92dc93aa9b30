#include "engine/study/hamiltonian.h"

#include "engine/study/convergence.h"

#include <gtest/gtest.h>
#include <Eigen/LU>

#include <cmath>

namespace sojourn::engine {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A normal of five dimensions, correlated and of many scales.
struct Normal {
  VectorXd mean = VectorXd::LinSpaced(5, -2, 2);
  MatrixXd precision;
  Normal() {
    MatrixXd root = MatrixXd::Identity(5, 5);
    for (int i = 0; i < 5; ++i) {
      for (int j = 0; j < i; ++j) root(i, j) = 0.4 * (i - j);
      root.row(i) *= std::pow(3.0, i);
    }
    precision = root.transpose() * root;
  }
  double operator()(const VectorXd& x, VectorXd& slope) const {
    slope = -precision * (x - mean);
    return 0.5 * slope.dot(x - mean);
  }
};

std::vector<double> column(const MatrixXd& chain, Eigen::Index i) { return {chain.col(i).begin(), chain.col(i).end()}; }

// 4 standard errors of means and of variances, 10 figures: a false alarm in less than 1e-3 of all seeds, and the seed is fixed.
TEST(Hamiltonian, draws_have_the_moments_of_the_density) {
  const Normal normal;
  SamplerPlan plan;
  plan.draws = 1500;
  // A centre and a scale that are not quite right.
  const Sample sample = engine::sample(normal, normal.mean + VectorXd::Constant(5, 0.1), 1.5 * normal.precision, plan);
  const MatrixXd covariance = normal.precision.inverse();
  EXPECT_NEAR(sample.accepted, 0.85, 0.12);
  EXPECT_EQ(sample.divergent, 0);
  for (Eigen::Index i = 0; i < 5; ++i) {
    Chains chains, squares;
    for (const MatrixXd& chain : sample.chains) {
      chains.push_back(column(chain, i));
      std::vector<double>& to = squares.emplace_back(chains.back());
      for (double& one : to) one = (one - normal.mean[i]) * (one - normal.mean[i]) / covariance(i, i);
    }
    EXPECT_LT(split_rhat(chains), 1.02);
    double mean = 0;
    double square = 0;
    for (std::size_t c = 0; c < chains.size(); ++c) {
      for (std::size_t d = 0; d < chains[c].size(); ++d) {
        mean += chains[c][d] / 6000;
        square += squares[c][d] / 6000;
      }
    }
    EXPECT_NEAR(mean, normal.mean[i], 4 * std::sqrt(covariance(i, i) / effective_size(chains))) << i;
    EXPECT_NEAR(square, 1, 4 * std::sqrt(2 / effective_size(squares))) << i;
  }
}

TEST(Hamiltonian, a_normal_density_takes_one_or_two_slopes_a_draw) {
  const Normal normal;
  SamplerPlan plan;
  plan.draws = 500;
  const Sample sample = engine::sample(normal, normal.mean, normal.precision, plan);
  EXPECT_GT(sample.accepted, 1 - 1e-9);
  EXPECT_LT(sample.slopes, 4u * 2 * (500 + 150));
}

/// The logarithm of an exponential, far from normal: P(x < ln 0.5) is 1 - exp(-0.5).
TEST(Hamiltonian, skewed_densities_are_met_too) {
  const auto density = [](const VectorXd& x, VectorXd& slope) {
    slope = VectorXd::Constant(1, 1 - std::exp(x[0]));
    return x[0] - std::exp(x[0]);
  };
  SamplerPlan plan;
  plan.draws = 2500;
  const Sample sample = engine::sample(density, VectorXd::Zero(1), MatrixXd::Identity(1, 1), plan);
  Chains below;
  double share = 0;
  for (const MatrixXd& chain : sample.chains) {
    below.emplace_back();
    for (const double one : column(chain, 0)) {
      below.back().push_back(one < std::log(0.5) ? 1 : 0);
      share += below.back().back() / 10000;
    }
  }
  const double p = 1 - std::exp(-0.5);
  EXPECT_NEAR(share, p, 4 * std::sqrt(p * (1 - p) / effective_size(below)));
}

TEST(Hamiltonian, threads_change_no_bit) {
  const Normal normal;
  SamplerPlan plan;
  plan.draws = 20;
  plan.threads = 1;
  const Sample one = engine::sample(normal, normal.mean, normal.precision, plan);
  plan.threads = 3;
  const Sample three = engine::sample(normal, normal.mean, normal.precision, plan);
  for (std::size_t c = 0; c < one.chains.size(); ++c) EXPECT_EQ(one.chains[c], three.chains[c]);
}

TEST(Hamiltonian, keeps_the_density_of_each_draw) {
  const Normal normal;
  SamplerPlan plan;
  plan.draws = 30;
  const Sample drawn = engine::sample(normal, normal.mean, normal.precision, plan);
  VectorXd slope(5);
  for (std::size_t chain = 0; chain < drawn.chains.size(); ++chain) {
    ASSERT_EQ(drawn.log_densities[chain].size(), 30);
    for (Eigen::Index i = 0; i < 30; ++i) {
      EXPECT_NEAR(drawn.log_densities[chain][i], normal(drawn.chains[chain].row(i).transpose(), slope), 1e-8);
    }
  }
}

TEST(Hamiltonian, it_can_be_stopped) {
  const Normal normal;
  int asked = 0;
  const Sample sample =
      engine::sample(normal, normal.mean, normal.precision, {}, [&](int done) { return ++asked, done < 10; });
  EXPECT_TRUE(sample.chains.empty());
  EXPECT_LT(asked, 20);
}

TEST(Hamiltonian, a_density_with_an_end_is_not_left) {
  const auto density = [](const VectorXd& x, VectorXd& slope) {
    slope = VectorXd::Zero(1);
    return x[0] >= 0 && x[0] <= 1 ? 0.0 : -std::numeric_limits<double>::infinity();
  };
  const Sample sample = engine::sample(density, VectorXd::Constant(1, 0.5), MatrixXd::Constant(1, 1, 12), {});
  double mean = 0;
  for (const MatrixXd& chain : sample.chains) {
    EXPECT_GE(chain.minCoeff(), 0);
    EXPECT_LE(chain.maxCoeff(), 1);
    mean += chain.mean() / 4;
  }
  EXPECT_NEAR(mean, 0.5, 0.06);
}

}  // namespace
}  // namespace sojourn::engine
