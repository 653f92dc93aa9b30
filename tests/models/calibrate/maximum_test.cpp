#include "models/calibrate/maximum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace sojourn::models {
namespace {

MaximumPlan plan_of(Eigen::Index n) {
  MaximumPlan plan;
  plan.start = Eigen::VectorXd::Constant(n, -2);
  plan.low = Eigen::VectorXd::Constant(n, -4);
  plan.high = Eigen::VectorXd::Constant(n, 4);
  plan.step = Eigen::VectorXd::Ones(n);
  plan.tolerance = 0.01;
  plan.most = 300;
  return plan;
}

TEST(Maximum, is_found_among_jumps) {
  for (const Eigen::Index n : {1, 2, 3}) {
    const auto hill = [](const Eigen::VectorXd& x) {
      double sum = 0;
      for (Eigen::Index i = 0; i < x.size(); ++i) sum -= (x[i] - 1) * (x[i] - 1);
      return std::floor(1e4 * sum) / 1e4;
    };
    const Maximum found = maximum(hill, plan_of(n));
    EXPECT_TRUE(found.settled);
    EXPECT_LT((found.x.array() - 1).abs().maxCoeff(), 0.05) << n;
    EXPECT_EQ(found.value, hill(found.x));
  }
}

TEST(Maximum, keeps_to_where_there_is_something) {
  const auto wall = [](const Eigen::VectorXd& x) {
    return x[0] > 0.5 ? -std::numeric_limits<double>::infinity() : x[0];
  };
  EXPECT_NEAR(maximum(wall, plan_of(1)).x[0], 0.5, 0.05);
  const auto rising = [](const Eigen::VectorXd& x) { return x.sum(); };
  EXPECT_NEAR(maximum(rising, plan_of(2)).x.sum(), 8, 0.1);
}

TEST(Maximum, says_when_it_had_to_stop) {
  MaximumPlan plan = plan_of(3);
  plan.most = 5;
  int calls = 0;
  const Maximum found = maximum([&](const Eigen::VectorXd& x) { return ++calls, -x.squaredNorm(); }, plan);
  EXPECT_FALSE(found.settled);
  EXPECT_EQ(found.evaluations, calls);
  EXPECT_LE(calls, 6);
}

TEST(Maximum, what_is_thrown_comes_through) {
  int calls = 0;
  const auto throws = [&](const Eigen::VectorXd&) -> double {
    if (++calls == 3) throw std::runtime_error("stop");
    return calls;
  };
  EXPECT_THROW(maximum(throws, plan_of(2)), std::runtime_error);
  EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace sojourn::models
