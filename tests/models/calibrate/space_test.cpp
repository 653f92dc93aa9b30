#include "models/calibrate/space.h"

#include "tests/support/cases.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::models {
namespace {

ParameterSpace space_of(const std::string& parameters) {
  const std::string text = R"(
personas: {ann: {expectation: {normal: {mean: 6, sd: 1}}, loss_aversion: 2, learning: 0.3}}
touchpoints: {a: {experience: {normal: {mean: 6, sd: 1}}, effort: 1, next: {done: 0.5, a: 0.5}}}
start: a
outcomes: {done: {}}
recommendation: {bias: 0, spread: 0.8, thresholds: [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5]}
calibrate: {parameters: {)" +
                           parameters + "}}\n";
  return ParameterSpace(parameters_of(read_journey(tests::source_of(text))));
}

const char* const kEveryKind =
    "personas.ann.expectation.normal.mean: {prior: {normal: {mean: 6, sd: 2}}}, "
    "personas.ann.loss_aversion: {prior: {lognormal: {median: 2, sigma: 0.4}}, low: 1}, "
    "personas.ann.learning: {prior: {beta: {mean: 0.3, sd: 0.1}}}, "
    "touchpoints.a.effort: {prior: {gamma: {mean: 1, sd: 0.5}}}, "
    "touchpoints.a.experience.normal.mean: {prior: {triangular: {low: 2, mode: 6, high: 9}}}, "
    "touchpoints.a.experience.normal.sd: {prior: {exponential: {mean: 1}}}, "
    "recommendation.bias: {prior: {uniform: {low: -1, high: 1}}}, "
    "recommendation.spread: {prior: {normal: {mean: 0.8, sd: 0.2}}, low: 0.3, high: 2}, "
    "recommendation.thresholds.3: {prior: {normal: {mean: 3.5, sd: 1}}}, "
    "recommendation.thresholds.4: {prior: {normal: {mean: 4.5, sd: 1}}}, "
    "recommendation.thresholds.5: {prior: {normal: {mean: 5.5, sd: 1}}}";

TEST(ParameterSpace, slopes_are_differences) {
  const ParameterSpace space = space_of(kEveryKind);
  const auto n = static_cast<Eigen::Index>(space.size());
  for (const double where : {-0.7, 0.0, 0.4}) {
    const Eigen::VectorXd x = Eigen::VectorXd::Constant(n, where);
    const SpacePoint here = space.at(x);
    for (Eigen::Index i = 0; i < n; ++i) {
      Eigen::VectorXd above = x, below = x;
      above[i] += 1e-5;
      below[i] -= 1e-5;
      const SpacePoint high = space.at(above), low = space.at(below);
      EXPECT_LT(((high.values - low.values) / 2e-5 - here.slopes.col(i)).norm(), 1e-7) << i;
      EXPECT_NEAR((high.log_prior - low.log_prior) / 2e-5, here.log_prior_slope[i], 1e-6)
          << space.parameters()[static_cast<std::size_t>(i)].address();
    }
  }
}

TEST(ParameterSpace, there_and_back) {
  const ParameterSpace space = space_of(kEveryKind);
  const Eigen::VectorXd x = Eigen::VectorXd::LinSpaced(static_cast<Eigen::Index>(space.size()), -1, 1);
  EXPECT_LT((space.coordinates(space.at(x).values) - x).norm(), 1e-9);
}

TEST(ParameterSpace, bounds_are_kept_and_thresholds_rise) {
  const ParameterSpace space = space_of(kEveryKind);
  for (const double where : {-20.0, 20.0}) {
    const SpacePoint point = space.at(Eigen::VectorXd::Constant(static_cast<Eigen::Index>(space.size()), where));
    for (std::size_t i = 0; i < space.size(); ++i) {
      const Range& range = space.parameters()[i].prior.range;
      EXPECT_GE(point.values[static_cast<Eigen::Index>(i)], range.low);
      EXPECT_LE(point.values[static_cast<Eigen::Index>(i)], range.high);
    }
    EXPECT_GE(point.values[9], point.values[8]);
    EXPECT_GE(point.values[10], point.values[9]);
  }
}

/// The density of x is that of the value: over all x it integrates to the same as the prior's over its range, whatever the transform.
TEST(ParameterSpace, the_transform_moves_density_and_loses_none) {
  for (const char* const one :
       {"touchpoints.a.experience.normal.mean: {prior: {triangular: {low: 2, mode: 6, high: 9}}}",
        "recommendation.bias: {prior: {normal: {mean: 0, sd: 1}}}",
        "personas.ann.learning: {prior: {beta: {mean: 0.3, sd: 0.1}}}"}) {
    const ParameterSpace space = space_of(one);
    const Uncertain& prior = space.parameters()[0].prior;
    double mass = 0;
    double mean = 0;
    for (double x = -15; x < 15; x += 0.001) {
      const SpacePoint point = space.at(Eigen::VectorXd::Constant(1, x));
      if (!std::isfinite(point.log_prior)) continue;
      mass += std::exp(point.log_prior);
      mean += std::exp(point.log_prior) * point.values[0];
    }
    const double expected =
        prior.distribution.family == Distribution::Family::triangular ? 17.0 / 3 : prior.factor * prior.distribution.a;
    EXPECT_NEAR(mean / mass, expected, 2e-3) << one;
  }
}

TEST(ParameterSpace, what_cannot_move_is_refused) {
  EXPECT_THROW(space_of("recommendation.bias: {prior: 0.5}"), InputError);
  EXPECT_THROW(space_of("recommendation.bias: {prior: {discrete: {0: 1, 1: 1}}}"), InputError);
  EXPECT_THROW(space_of("recommendation.spread: {prior: {uniform: {low: 1, high: 2}}, low: 3}"), InputError);
}

}  // namespace
}  // namespace sojourn::models
