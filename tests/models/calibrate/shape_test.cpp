#include "models/calibrate/shape.h"

#include "tests/models/survey/small_journey.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sojourn::models {
namespace {

ParameterShape shape(const std::string& what, std::vector<double> draws) {
  const JourneyFile journey = tests::journey_file(
      tests::kSmallJourney + "calibrate:\n  parameters:\n    touchpoints.browse.experience: {" + what + "}\n");
  return shape_of(parameters_of(journey).front(), draws);
}

double area(const ParameterShape& shape, const std::vector<double>& density) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < density.size(); ++i) {
    sum += 0.5 * (density[i] + density[i + 1]) * (shape.at[i + 1] - shape.at[i]);
  }
  return sum;
}

TEST(ParameterShape, has_the_priors_quantiles) {
  const ParameterShape normal = shape("prior: {normal: {mean: 6, sd: 1}}", {5.9, 6, 6.1});
  EXPECT_NEAR(normal.prior_lo, 6 - 1.959964, 1e-3);
  EXPECT_NEAR(normal.prior_hi, 6 + 1.959964, 1e-3);
  EXPECT_NEAR(normal.prior_sd, 1, 1e-3);
  EXPECT_NEAR(area(normal, normal.prior), 0.99, 2e-3);  // half a per cent at each end is not drawn
  const double peak = *std::ranges::max_element(normal.prior);
  EXPECT_NEAR(peak, 0.398942, 2e-3);
}

TEST(ParameterShape, cuts_the_prior_at_its_bounds) {
  const ParameterShape half = shape("prior: {normal: {mean: 6, sd: 1}}, low: 6", {6.2, 6.4, 7});
  EXPECT_NEAR(half.prior_lo, 6 + 0.0313, 1e-3);  // quantiles of |z| at 0.025 and 0.975
  EXPECT_NEAR(half.prior_hi, 6 + 2.2414, 1e-3);
  EXPECT_NEAR(half.prior_sd, std::sqrt(1 - 2 / 3.14159265), 1e-3);
  EXPECT_GE(half.at.front(), 6);
}

TEST(ParameterShape, draws_the_posterior_with_area_one_where_it_is) {
  std::vector<double> draws;  // the quantiles of a uniform on 5..6
  for (int i = 0; i < 400; ++i) draws.push_back(5 + (i + 0.5) / 400);
  const ParameterShape wide = shape("prior: {normal: {mean: 6, sd: 1}}", draws);
  EXPECT_NEAR(area(wide, wide.posterior), 1, 0.01);
  EXPECT_EQ(wide.at.size(), 41U);
  EXPECT_TRUE(std::ranges::is_sorted(wide.at));
  // At a bound nothing is lost.
  const ParameterShape bound = shape("prior: {uniform: {low: 5, high: 6}}", draws);
  EXPECT_NEAR(area(bound, bound.posterior), 1, 0.01);
  EXPECT_NEAR(bound.posterior.front(), 1, 0.1);
}

TEST(ParameterShape, of_draws_that_are_all_one_is_nothing) {
  const ParameterShape flat = shape("prior: {normal: {mean: 6, sd: 1}}", {6, 6, 6});
  EXPECT_EQ(std::accumulate(flat.posterior.begin(), flat.posterior.end(), 0.0), 0);
}

}  // namespace
}  // namespace sojourn::models
