// Estimates against the textbook formulas, summed over samples agent by agent in long double.

#include "engine/tally/estimate.h"

#include "engine/tally/interval.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace sojourn::tests {
namespace {

using engine::Estimate;
using engine::RatioSums;
using engine::Shape;

/// One agent's totals in base (1) and scenario (2): a of b.
struct Agent {
  std::int64_t a1, b1, a2, b2;
};

std::vector<Agent> agents(std::uint64_t seed, std::size_t count, std::int64_t offset = 0) {
  std::mt19937_64 bits(seed);
  std::vector<Agent> list;
  for (std::size_t i = 0; i < count; ++i) {
    Agent x{};
    x.b1 = static_cast<std::int64_t>(bits() % 4);  // some never come
    x.b2 = static_cast<std::int64_t>(bits() % 3);
    for (std::int64_t v = 0; v < x.b1; ++v) x.a1 += offset + static_cast<std::int64_t>(bits() % 1'000'000'000);
    x.a2 = x.b1 == 0 ? 0 : x.a1 / x.b1 * x.b2;
    for (std::int64_t v = 0; v < x.b2; ++v)
      x.a2 += (x.b1 == 0 ? offset : 0) + static_cast<std::int64_t>(bits() % 400'000'000);
    list.push_back(x);
  }
  return list;
}

struct Both {
  RatioSums base, scenario;
  engine::CrossSums cross;
};

/// As the tally makes them: agents that do not come add nothing.
Both sums_of(const std::vector<Agent>& list) {
  engine::Moments b1, b2;
  engine::RatioMoments a1, a2;
  engine::CrossSums cross;
  std::uint64_t reached1 = 0, reached2 = 0;
  for (const Agent& x : list) {
    if (x.b1 > 0) {
      ++reached1;
      b1.add(x.b1);
      a1.add(x.a1, x.b1);
    }
    if (x.b2 > 0) {
      ++reached2;
      b2.add(x.b2);
      a2.add(x.a2, x.b2);
    }
    if (x.b1 > 0 && x.b2 > 0) {
      cross.a1a2.add_product(x.a1, x.a2);
      cross.a1b2.add_product(x.a1, x.b2);
      cross.b1a2.add_product(x.b1, x.a2);
      cross.b1b2.add_product(x.b1, x.b2);
    }
  }
  return {engine::ratio_sums(reached1, b1, a1), engine::ratio_sums(reached2, b2, a2), cross};
}

struct Ratio {
  long double value = 0, total_b = 0, observations = 0;
};

template <class A, class B>
Ratio ratio_of(const std::vector<Agent>& list, A a, B b) {
  long double sum_a = 0;
  Ratio r;
  for (const Agent& x : list) {
    sum_a += a(x);
    r.total_b += b(x);
    r.observations += b(x) > 0;
  }
  r.value = sum_a / r.total_b;
  return r;
}

void expect_near_relative(double ours, long double exact) {
  EXPECT_NEAR(ours, static_cast<double>(exact), 1e-12 * std::abs(static_cast<double>(exact)));
}

TEST(Estimate, of_a_ratio_is_cochrans) {
  for (const std::int64_t offset : {std::int64_t{0}, std::int64_t{1'000'000'000'000}}) {
    const auto list = agents(1, 4'000, offset);
    const auto [r, total_b, m] = ratio_of(
        list, [](auto& x) { return x.a1; }, [](auto& x) { return x.b1; });
    long double squares = 0;
    for (const Agent& x : list) squares += (x.a1 - r * x.b1) * (x.a1 - r * x.b1);
    const long double se = std::sqrt(squares * m / (m - 1)) / total_b;  // Cochran 1977, eq. 2.39, means over n
    const Estimate estimate = engine::estimate(sums_of(list).base, 1e-9, Shape::real);
    expect_near_relative(estimate.value, r * 1e-9L);
    expect_near_relative(estimate.se, se * 1e-9L);
    const double t = engine::student_t(engine::kZ95, static_cast<double>(m) - 1);
    EXPECT_DOUBLE_EQ(estimate.hi, estimate.value + t * estimate.se);
    EXPECT_DOUBLE_EQ(estimate.lo, estimate.value - t * estimate.se);
  }
}

TEST(Estimate, of_a_difference_of_ratios_is_that_of_the_paired_residuals) {
  const auto list = agents(2, 4'000);
  const auto [r1, b1, m1] = ratio_of(
      list, [](auto& x) { return x.a1; }, [](auto& x) { return x.b1; });
  const auto [r2, b2, m2] = ratio_of(
      list, [](auto& x) { return x.a2; }, [](auto& x) { return x.b2; });
  long double squares = 0;
  for (const Agent& x : list) {
    const long double residual = (x.a2 - r2 * x.b2) / b2 - (x.a1 - r1 * x.b1) / b1;
    squares += residual * residual;
  }
  const long double m = std::min(m1, m2);
  const Both sums = sums_of(list);
  const Estimate difference = engine::estimate_difference(sums.base, sums.scenario, sums.cross, 2.0);
  expect_near_relative(difference.value, 2 * (r2 - r1));
  expect_near_relative(difference.se, 2 * std::sqrt(squares * m / (m - 1)));
  // Pairing pays: independent runs would have a larger error.
  const double unpaired =
      std::hypot(engine::estimate(sums.base, 2, Shape::real).se, engine::estimate(sums.scenario, 2, Shape::real).se);
  EXPECT_LT(difference.se, 0.8 * unpaired);
}

TEST(Estimate, of_a_difference_from_itself_is_exactly_0) {
  auto list = agents(3, 1'000);
  for (Agent& x : list) {
    x.a2 = x.a1;
    x.b2 = x.b1;
  }
  const Both sums = sums_of(list);
  const Estimate difference = engine::estimate_difference(sums.base, sums.scenario, sums.cross, 1e-9);
  EXPECT_EQ(difference.value, 0);
  EXPECT_EQ(difference.se, 0);
  EXPECT_EQ(difference.lo, 0);
  EXPECT_EQ(difference.hi, 0);
}

engine::Moments moments_of(const std::vector<std::int64_t>& values) {
  engine::Moments moments;
  for (const std::int64_t value : values) moments.add(value);
  return moments;
}

TEST(Estimate, of_a_mean_is_the_textbooks) {
  const std::vector<std::int64_t> values = {3, 1, 4, 1, 5, 9, 2, 6};
  const Estimate mean = engine::estimate(engine::mean_sums(values.size(), moments_of(values)), 1, Shape::real);
  EXPECT_DOUBLE_EQ(mean.value, 31.0 / 8);
  EXPECT_DOUBLE_EQ(mean.se, std::sqrt((173 - 31.0 * 31 / 8) / 7 / 8));
  EXPECT_DOUBLE_EQ(engine::variance(engine::mean_sums(values.size(), moments_of(values)), 1),
                   (173 - 31.0 * 31 / 8) / 7);
}

TEST(Estimate, loses_nothing_to_cancellation) {
  // 4e18 + {0, 1}: in doubles the squares' difference would be noise.
  std::vector<std::int64_t> values;
  for (int i = 0; i < 1'000; ++i) values.push_back(4'000'000'000'000'000'000 + i % 2);
  const auto sums = engine::mean_sums(values.size(), moments_of(values));
  EXPECT_NEAR(engine::variance(sums, 1), 0.25 * 1000 / 999, 1e-15);
  EXPECT_EQ(engine::estimate(engine::mean_sums(3, moments_of({5, 5, 5})), 1, Shape::real).se, 0);
}

TEST(Estimate, of_nobody_does_not_exist_and_of_one_has_no_error) {
  const Estimate nobody = engine::estimate(RatioSums{}, 1, Shape::real);
  EXPECT_TRUE(std::isnan(nobody.value) && std::isnan(nobody.se) && std::isnan(nobody.lo) && std::isnan(nobody.hi));
  const Estimate one = engine::estimate(engine::mean_sums(1, moments_of({7})), 1, Shape::real);
  EXPECT_EQ(one.value, 7);
  EXPECT_TRUE(std::isnan(one.se) && std::isnan(one.lo) && std::isnan(one.hi));
  const RatioSums seven = engine::mean_sums(2, moments_of({7, 8}));
  EXPECT_TRUE(std::isnan(engine::estimate_difference(RatioSums{}, seven, {}, 1).value));
}

TEST(Estimate, of_a_share_stays_between_0_and_1) {
  const auto share = [](std::vector<std::int64_t> values, Shape shape) {
    return engine::estimate(engine::mean_sums(values.size(), moments_of(values)), 1e-9, shape);
  };
  const Estimate bounded = share({1'000'000'000, 1'000'000'000, 900'000'000}, Shape::bounded_share);
  EXPECT_EQ(bounded.hi, 1);
  EXPECT_LT(bounded.lo, bounded.value);
  const std::vector<std::int64_t> none(50, 0);
  const Estimate never = share(none, Shape::binary_share);
  EXPECT_EQ(never.value, 0);
  EXPECT_EQ(never.se, 0);
  EXPECT_EQ(never.lo, 0);
  EXPECT_NEAR(never.hi, 0.0747, 2e-4);  // z^2 / (n + z^2) with Student's t of 49 degrees
}

TEST(Estimate, of_a_share_of_independent_observations_is_wilsons) {
  std::vector<std::int64_t> values(400, 0);
  std::fill_n(values.begin(), 37, 1);
  const Estimate share = engine::estimate(engine::mean_sums(values.size(), moments_of(values)), 1, Shape::binary_share);
  const auto [lo, hi] = engine::wilson(0.0925, 399, engine::student_t(engine::kZ95, 399));  // p (1 - p) / se^2 is n - 1
  EXPECT_NEAR(share.lo, lo, 1e-12);
  EXPECT_NEAR(share.hi, hi, 1e-12);
}

TEST(Estimate, of_alike_visits_has_a_wider_interval_than_of_independent_ones) {
  // 100 agents with 10 visits each, all alike, are worth 100 observations, not 1,000.
  engine::Moments visits;
  engine::RatioMoments yes;
  for (int i = 0; i < 100; ++i) {
    visits.add(10);
    yes.add(i % 4 == 0 ? 10 : 0, 10);
  }
  const Estimate share = engine::estimate(engine::ratio_sums(100, visits, yes), 1, Shape::binary_share);
  EXPECT_EQ(share.value, 0.25);
  EXPECT_NEAR(share.se, std::sqrt(0.25 * 0.75 / 99), 1e-12);
  const auto [lo, hi] = engine::wilson(0.25, 99, engine::student_t(engine::kZ95, 99));
  EXPECT_NEAR(share.lo, lo, 1e-12);
  EXPECT_NEAR(share.hi, hi, 1e-12);
}

TEST(Estimate, of_a_spread_of_few_has_students_interval) {
  const std::vector<std::int64_t> values = {10, 11, 12, 13, 14};
  engine::Histogram histogram;
  for (const std::int64_t value : values) histogram.add(value);
  const Estimate spread = engine::estimate_spread(engine::mean_sums(5, moments_of(values)), histogram, 1);
  EXPECT_NEAR(spread.value, std::sqrt(2.5), 1e-12);
  EXPECT_NEAR(spread.se, std::sqrt((6.8 - 2.5 * 2.5) / 5) / (2 * std::sqrt(2.5)), 1e-12);
  EXPECT_NEAR(spread.hi - spread.value, engine::student_t(engine::kZ95, 4) * spread.se, 1e-12);
  EXPECT_NEAR(spread.value - spread.lo, engine::student_t(engine::kZ95, 4) * spread.se, 1e-12);
}

TEST(Estimate, of_the_spread_of_equal_values_is_certain) {
  const Estimate spread = engine::estimate_spread(engine::mean_sums(3, moments_of({5, 5, 5})), engine::Histogram(), 1);
  EXPECT_EQ(spread.value, 0);
  EXPECT_EQ(spread.se, 0);
  EXPECT_EQ(spread.lo, 0);
  EXPECT_EQ(spread.hi, 0);
}

TEST(Estimate, of_a_spread_has_cramers_error) {
  std::mt19937_64 bits(4);
  std::vector<std::int64_t> values;
  engine::Histogram histogram;
  long double sum = 0, squares = 0, fourth = 0;
  for (int i = 0; i < 5'000; ++i) values.push_back(static_cast<std::int64_t>(bits() % 300 + bits() % 200));
  for (const std::int64_t value : values) {
    histogram.add(value);
    sum += value;
  }
  for (const std::int64_t value : values) {
    squares += std::pow(value - sum / 5'000, 2);
    fourth += std::pow(value - sum / 5'000, 4) / 5'000;
  }
  const long double sd = std::sqrt(squares / 4'999);
  const Estimate spread = engine::estimate_spread(engine::mean_sums(values.size(), moments_of(values)), histogram, 0.5);
  expect_near_relative(spread.value, 0.5L * sd);
  expect_near_relative(spread.se, 0.5L * std::sqrt((fourth - sd * sd * sd * sd) / 5'000) / (2 * sd));
}

TEST(Estimate, of_a_quantile_lies_between_order_statistics) {
  engine::Histogram histogram;
  for (int i = 0; i < 400; ++i) histogram.add(i);
  const Estimate median = engine::estimate_quantile(histogram, 0.5, 2);
  EXPECT_EQ(median.value, 400);
  // Ranks 200 -+ 1.96 * 10.
  EXPECT_EQ(median.lo, 2 * 180);
  EXPECT_EQ(median.hi, 2 * 219);
  EXPECT_NEAR(median.se, (median.hi - median.lo) / (2 * engine::kZ95), 1e-12);
  EXPECT_TRUE(std::isnan(engine::estimate_quantile(engine::Histogram{}, 0.5, 1).value));
  const Estimate tail = engine::estimate_quantile(histogram, 0.999, 1);
  EXPECT_EQ(tail.hi, 399);
}

TEST(Estimate, unpaired_difference_adds_variances) {
  Estimate base, scenario;
  base.value = 3;
  base.se = 0.3;
  scenario.value = 5;
  scenario.se = 0.4;
  const Estimate difference = engine::unpaired_difference(base, scenario);
  EXPECT_EQ(difference.value, 2);
  EXPECT_DOUBLE_EQ(difference.se, 0.5);
  EXPECT_DOUBLE_EQ(difference.lo, 2 - engine::kZ95 * 0.5);
  EXPECT_DOUBLE_EQ(difference.hi, 2 + engine::kZ95 * 0.5);
  const Estimate nothing = engine::unpaired_difference(Estimate{}, scenario);
  EXPECT_TRUE(std::isnan(nothing.value) && std::isnan(nothing.lo) && std::isnan(nothing.hi));
}

TEST(Covariance, is_that_of_the_samples) {
  const auto list = agents(5, 500);
  engine::Sum a = 0, b = 0;
  engine::WideSum ab;
  long double mean_a = 0, mean_b = 0, exact = 0;
  for (const Agent& x : list) {
    a += x.a1;
    b += x.a2;
    ab.add_product(x.a1, x.a2);
    mean_a += x.a1 / 500.0L;
    mean_b += x.a2 / 500.0L;
  }
  for (const Agent& x : list) exact += (x.a1 - mean_a) * (x.a2 - mean_b) / 500;
  expect_near_relative(engine::covariance(500, a, b, ab), exact);
}

/// Few agents whose controls moved the estimate of a share to its border or beyond, while its error stayed above 0.
TEST(Estimate, a_share_at_its_border_has_an_interval) {
  for (const double value : {0.0, 1.0, -0.01, 1.02}) {
    const Estimate found = with_interval(value, 0.01, 19, 20, Shape::binary_share);
    EXPECT_GE(found.lo, 0);
    EXPECT_LE(found.hi, 1);
    EXPECT_GT(found.hi - found.lo, 0.1) << value;  // of twenty agents
  }
}

}  // namespace
}  // namespace sojourn::tests
