#include "models/learn/durations.h"

#include "engine/random/luck.h"
#include "models/learn/counts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace sojourn::models {
namespace {

using Family = Distribution::Family;

/// 2,000 draws by inversion, in milliseconds.
std::vector<TimedVisit> drawn(const std::function<double(double, double)>& quantile) {
  std::vector<TimedVisit> visits;
  const engine::PlaceKey key = engine::place_key(1, "tests/durations");
  for (unsigned i = 0; i < 2000; ++i) {
    const engine::Block block = engine::luck_of(key, i, 0, 0).block(0);
    const double ms = quantile(engine::uniform(block[0]), engine::uniform(block[1]));
    visits.push_back({static_cast<std::int64_t>(std::llround(std::max(0.0, ms))), i % kFolds});
  }
  return visits;
}

double normal(double u, double v) { return std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * v); }

// The seed is fixed; the widths are five standard errors or more.
TEST(Durations, find_the_family_they_come_from) {
  const double minute = 60'000;
  const FittedDuration exponential = fit_duration(drawn([&](double u, double) { return -10 * minute * std::log(u); }));
  EXPECT_EQ(exponential.distribution.family, Family::exponential);
  EXPECT_NEAR(exponential.distribution.a, 10 * minute, 1.2 * minute);

  const FittedDuration lognormal =
      fit_duration(drawn([&](double u, double v) { return 10 * minute * std::exp(0.5 * normal(u, v)); }));
  EXPECT_EQ(lognormal.distribution.family, Family::lognormal);
  EXPECT_NEAR(lognormal.distribution.a, 10 * minute, 0.6 * minute);
  EXPECT_NEAR(lognormal.distribution.b, 0.5, 0.04);

  const FittedDuration normal_one =
      fit_duration(drawn([&](double u, double v) { return minute * (60 + 10 * normal(u, v)); }));
  EXPECT_EQ(normal_one.distribution.family, Family::normal);
  EXPECT_NEAR(normal_one.distribution.a, 60 * minute, 1.2 * minute);
  EXPECT_NEAR(normal_one.distribution.b, 10 * minute, 0.8 * minute);

  const FittedDuration uniform = fit_duration(drawn([&](double u, double) { return minute * (10 + 90 * u); }));
  EXPECT_EQ(uniform.distribution.family, Family::uniform);
  EXPECT_NEAR(uniform.distribution.b, 100 * minute, 0.5 * minute);
}

TEST(Durations, clusters_are_discrete) {
  const FittedDuration fit = fit_duration(drawn([](double u, double) {
    return u < 0.2 ? 0.0 : u < 0.9 ? 1'200'000.0 : 57'600'000.0;
  }));
  ASSERT_EQ(fit.distribution.family, Family::discrete);
  ASSERT_EQ(fit.distribution.points.size(), 3U);
  EXPECT_EQ(fit.distribution.points[1].first, 1'200'000);
  EXPECT_EQ(fit.distribution.points[0].second + fit.distribution.points[1].second + fit.distribution.points[2].second,
            2000);
}

TEST(Durations, what_never_varies_is_constant) {
  const FittedDuration fit = fit_duration(std::vector<TimedVisit>(50, {1'200'000, 0}));
  EXPECT_EQ(fit.distribution.family, Family::constant);
  EXPECT_EQ(fit.distribution.a, 1'200'000);
  EXPECT_EQ(fit_duration({}).distribution, Distribution()) << "nothing lasts where nobody was";
}

TEST(Durations, a_family_that_misses_the_mean_is_not_taken) {
  // Mostly seconds, sometimes weeks, never more: a lognormal that fits the rest would have a mean of years.
  const auto visits = drawn([](double u, double v) { return std::min(3e9, std::exp(9 + 6 * normal(u, v))); });
  double sum = 0;
  for (const TimedVisit& visit : visits) sum += static_cast<double>(visit.ms);
  const FittedDuration fit = fit_duration(visits);
  EXPECT_NE(fit.distribution.family, Family::lognormal);
  ASSERT_EQ(fit.distribution.family, Family::discrete);
  double mean = 0, weights = 0;
  for (const auto& [ms, weight] : fit.distribution.points) {
    mean += ms * weight;
    weights += weight;
  }
  EXPECT_NEAR(mean / weights, sum / 2000, 1e-3 * sum / 2000);
}

}  // namespace
}  // namespace sojourn::models
