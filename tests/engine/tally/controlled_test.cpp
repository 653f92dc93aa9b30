#include "engine/tally/controlled.h"

#include "engine/tally/control_sums.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::engine {
namespace {

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double centred(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean(a)) * (b[i] - mean(b));
  return sum;
}

const std::vector<double> x = {1, 2, 4, 7, 6};

TEST(Controls, what_is_linear_in_a_control_is_exact) {
  std::vector<double> y;
  for (const double at : x) y.push_back(2 + 3 * at);
  const Controls controls({{5, 1, {mean(x) - 3.5}, {centred(x, x)}}});
  const Estimate e =
      controls.estimate(std::vector<StratumScore>{{mean(y), centred(y, y), {centred(x, y)}}}, mean(y), 1, Shape::real);
  EXPECT_NEAR(e.value, 2 + 3 * 3.5, 1e-12);
  EXPECT_NEAR(e.se, 0, 1e-6);
}

TEST(Controls, error_and_degrees_are_those_of_a_regression) {
  const std::vector<double> y = {1, 3, 2, 5, 4};
  const double slope = centred(x, y) / centred(x, x);
  const double residual = centred(y, y) - slope * centred(x, y);
  const Controls controls({{5, 1, {mean(x) - 3.5}, {centred(x, x)}}});
  const Estimate e =
      controls.estimate(std::vector<StratumScore>{{mean(y), centred(y, y), {centred(x, y)}}}, mean(y), 1, Shape::real);
  EXPECT_NEAR(e.value, mean(y) - slope * (mean(x) - 3.5), 1e-12);
  const double off = mean(x) - 3.5;
  EXPECT_NEAR(e.se, std::sqrt(residual / 3 * (1.0 / 5 + off * off / centred(x, x))), 1e-12);
  EXPECT_NEAR((e.hi - e.value) / e.se, 3.182, 0.05);  // Student's t with 3 degrees of freedom
}

TEST(Controls, without_controls_it_is_post_stratification) {
  const Controls controls({{4, 0.5, {}, {}}, {2, 0.5, {}, {}}});
  const std::vector<StratumScore> scores = {{1, 3, {}}, {4, 2, {}}};
  const Estimate e = controls.estimate(scores, 2, 10, Shape::real);
  EXPECT_NEAR(e.value, 25, 1e-12);
  EXPECT_NEAR(e.se, 10 * std::sqrt(0.25 * 3 / 3 / 4 + 0.25 * 2 / 1 / 2), 1e-12);
}

TEST(Controls, a_control_that_others_say_already_changes_nothing) {
  std::vector<double> twice, y = {1, 3, 2, 5, 4};
  for (const double at : x) twice.push_back(2 * at);
  const Controls one({{5, 1, {0.25}, {centred(x, x)}}});
  const Controls both(
      {{5, 1, {0.25, 0.5}, {centred(x, x), centred(x, twice), centred(x, twice), centred(twice, twice)}}});
  const StratumScore score{mean(y), centred(y, y), {centred(x, y)}};
  StratumScore doubled = score;
  doubled.sxy.push_back(centred(twice, y));
  const Estimate a = one.estimate(std::vector<StratumScore>{score}, mean(y), 1, Shape::real);
  const Estimate b = both.estimate(std::vector<StratumScore>{doubled}, mean(y), 1, Shape::real);
  EXPECT_EQ(a.value, b.value);
  EXPECT_EQ(a.se, b.se);
}

TEST(Controls, a_control_that_one_before_it_says_already_hides_none_behind_it) {
  const std::vector<double> y = {1, 3, 2, 5, 4}, z = {2, 1, 5, 3, 3};
  std::vector<double> twice;
  for (const double at : x) twice.push_back(2 * at);
  const auto with = [&](const std::vector<std::vector<double>>& columns, const std::vector<double>& off) {
    std::vector<double> products, towards;
    for (const auto& a : columns) {
      for (const auto& b : columns) products.push_back(centred(a, b));
      towards.push_back(centred(a, y));
    }
    const Controls controls({{5, 1, off, products}});
    return controls.estimate(std::vector<StratumScore>{{mean(y), centred(y, y), towards}}, mean(y), 1, Shape::real);
  };
  const Estimate a = with({x, z}, {0.25, 0.5});
  const Estimate b = with({x, twice, z}, {0.25, 0.5, 0.5});
  EXPECT_NEAR(a.value, b.value, 1e-12);
  EXPECT_NEAR(a.se, b.se, 1e-12);
  EXPECT_GT(std::abs(a.value - with({x}, {0.25}).value), 0.01);
}

TEST(Controls, residuals_that_round_below_zero_are_none) {
  for (int i = 1; i <= 200; ++i) {
    std::vector<double> y;
    for (const double at : x) y.push_back(0.1 * i + at / (i + 2.0));
    const Controls controls({{5, 1, {0.5}, {centred(x, x)}}});
    const Estimate e = controls.estimate(std::vector<StratumScore>{{mean(y), centred(y, y), {centred(x, y)}}}, mean(y),
                                         1, Shape::real);
    ASSERT_NEAR(e.se, 0, 1e-6) << i;  // and not the root of what is below zero
  }
}

TEST(Controls, what_never_varies_is_exactly_itself) {
  const Controls controls({{3, 0.3, {0.7}, {2}}, {9, 0.7, {-0.1}, {5}}});
  const std::vector<StratumScore> scores = {{0.4, 0, {0}}, {0.4, 0, {0}}};
  const Estimate e = controls.estimate(scores, 0.4, 1, Shape::bounded_share);
  EXPECT_EQ(e.value, 0.4);
  EXPECT_EQ(e.se, 0);
}

TEST(Controls, a_share_stays_one) {
  const Controls controls({{5, 1, {4}, {centred(x, x)}}});
  const std::vector<double> y = {0, 0, 1, 1, 1};
  const Estimate e = controls.estimate(std::vector<StratumScore>{{mean(y), centred(y, y), {centred(x, y)}}}, mean(y), 1,
                                       Shape::bounded_share);
  EXPECT_EQ(e.value, 0);
  EXPECT_EQ(e.lo, 0);
}

TEST(ControlSums, hold_products_and_give_them_back) {
  Layout layout;
  layout.controls.resize(2);
  layout.controlled = {0, 1};
  ControlSums all(layout), part(layout);
  const std::vector<std::int64_t> x1 = {3, -2}, y1 = {5, 7}, x2 = {0, 4}, y2 = {-1, 1};
  all.add(x1, y1);
  all.add(x2, y2);
  part.add(x2, y2);
  const auto low = [](const WideSum& sum) { return static_cast<std::int64_t>(sum.low); };
  EXPECT_EQ(low(all.xx(1, 0)), -6);
  EXPECT_EQ(low(all.xx(1, 1)), 20);
  EXPECT_EQ(low(all.xy(1, 0)), -14);
  all.subtract(part);
  EXPECT_EQ(static_cast<std::int64_t>(all.x(1)), -2);
  EXPECT_EQ(low(all.xx(1, 1)), 4);
  EXPECT_EQ(low(all.xy(1, 1)), -14);
  EXPECT_TRUE(all.xy(1, 1).lower() == -14);
}

}  // namespace
}  // namespace sojourn::engine
