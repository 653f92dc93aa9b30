#include "models/calibrate/prior_draws.h"

#include "tests/models/survey/small_journey.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

// Scrambled points are spread more evenly than chance, so that means of 4,096 draws are exact to far less than the bounds here.
TEST(PriorDraws, follow_the_priors_inside_the_bounds) {
  const JourneyFile journey = tests::journey_file(tests::kSmallJourney + R"(calibrate:
  parameters:
    touchpoints.browse.experience: {prior: {normal: {mean: 6, sd: 1}}}
    touchpoints.ask.experience: {prior: {normal: {mean: 6, sd: 1}}, low: 6}
    touchpoints.ask.duration: {prior: {lognormal: {median: 2 h, sigma: 0.25}}}
)");
  const std::vector<CalibrationParameter> parameters = parameters_of(journey);
  ASSERT_EQ(parameters.size(), 3U);
  EXPECT_FALSE(parameters[0].is_time);
  EXPECT_TRUE(parameters[2].is_time);
  const Eigen::MatrixXd draws = prior_draws(parameters, 1, 4096);
  ASSERT_EQ(draws.rows(), 4096);
  EXPECT_NEAR(draws.col(0).mean(), 6, 0.01);
  EXPECT_NEAR((draws.col(0).array() - 6).square().mean(), 1, 0.02);
  EXPECT_GE(draws.col(1).minCoeff(), 6);
  EXPECT_NEAR(draws.col(1).mean(), 6 + 0.797885, 0.01);     // half a normal: sqrt(2 / pi)
  EXPECT_NEAR(draws.col(2).mean(), 7.2e6 * 1.031743, 1e5);  // exp(sigma^2 / 2)
  EXPECT_EQ(draws, prior_draws(parameters, 1, 4096));
  EXPECT_NE(draws, prior_draws(parameters, 2, 4096));
}

}  // namespace
}  // namespace sojourn::models
