#include "models/check/detail/waiting.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::models::detail {
namespace {

using Family = Distribution::Family;

Distribution make(Family family, double a, double b = 0, double c = 0) {
  return {.family = family, .a = a, .b = b, .c = c, .points = {}};
}

Distribution discrete(std::vector<std::pair<double, double>> points) {
  return {.family = Family::discrete, .a = 0, .b = 0, .c = 0, .points = std::move(points)};
}

void expect_drawn(const Distribution& time, std::int64_t least, std::int64_t most) {
  EXPECT_EQ(drawn(time).least, least);
  EXPECT_EQ(drawn(time).most, most);
}

TEST(Waiting, what_can_be_drawn) {
  // The normal quantile at 1 - 2^-33 is z = 6.337957754553789 (computed apart).
  expect_drawn(make(Family::constant, 1500.4), 1500, 1500);
  expect_drawn(make(Family::uniform, 1000, 2000), 1000, 2000);
  expect_drawn(make(Family::triangular, 1000, 1000, 2000), 1000, 2000);
  expect_drawn(make(Family::triangular, 1000, 2000, 2000), 1000, 2000);
  expect_drawn(make(Family::exponential, 60'000), 0, 1'372'431);  // 60 s * 33 ln 2 = 1372431.4 ms
  expect_drawn(make(Family::normal, 100, 50), 0, 417);            // what is below 0 counts as 0
  expect_drawn(make(Family::lognormal, 1000, 0.5), 42, 23'783);
  expect_drawn(discrete({{10, 0}, {20.6, 1}, {30, 2}}), 21, 30);
}

TEST(Waiting, a_gamma_is_near_the_normal_of_its_shape) {
  // Shape 10^6: 1 h +- 3.6 s; a Cornish-Fisher term of z^2/(3 sqrt(shape)) sd = 48 ms skews it.
  const Drawn ends = drawn(make(Family::gamma, 3'600'000, 3'600));
  EXPECT_NEAR(static_cast<double>(ends.least), 3'600'000 - 6.33796 * 3'600 + 47, 3);
  EXPECT_NEAR(static_cast<double>(ends.most), 3'600'000 + 6.33796 * 3'600 + 47, 3);
  // Shape 1 is exponential.
  EXPECT_NEAR(static_cast<double>(drawn(make(Family::gamma, 60'000, 60'000)).most), 1'372'431, 1);
}

TEST(Waiting, what_can_be_between) {
  EXPECT_TRUE(can_be_between(make(Family::uniform, 1000, 2000), 1999, 5000));
  EXPECT_FALSE(can_be_between(make(Family::uniform, 1000, 2000), 2000, 5000));
  EXPECT_TRUE(can_be_between(make(Family::uniform, 1000, 2000), 0, 1000));
  EXPECT_FALSE(can_be_between(make(Family::uniform, 1000, 2000), 0, 999));
  EXPECT_FALSE(can_be_between(discrete({{1000, 1}, {5000, 1}}), 1000, 4000));
  EXPECT_TRUE(can_be_between(discrete({{1000, 1}, {5000, 1}}), 1000, 5000));
}

TEST(Waiting, giving_up_of_single_values) {
  const Distribution wait = discrete({{300'000, 3}, {1'800'000, 1}});
  EXPECT_EQ(give_up_chance(wait, make(Family::constant, 1'200'000)), 0.25);
  EXPECT_EQ(give_up_chance(wait, make(Family::constant, 1'800'000)), 0.0);  // strictly longer
  EXPECT_EQ(give_up_chance(wait, discrete({{0, 1}, {300'000, 1}})), 0.5 + 0.5 * 0.25);
}

TEST(Waiting, giving_up_where_one_takes_single_values) {
  // P(patience < 10 ms in whole ms) = P(draw < 9.5).
  const Distribution ten = make(Family::constant, 10);
  EXPECT_NEAR(*give_up_chance(ten, make(Family::exponential, 20)), 1 - std::exp(-9.5 / 20), 1e-15);
  EXPECT_NEAR(*give_up_chance(ten, make(Family::uniform, 0, 20)), 9.5 / 20, 1e-15);
  EXPECT_NEAR(*give_up_chance(ten, make(Family::triangular, 0, 5, 20)), 1 - 10.5 * 10.5 / (20 * 15), 1e-15);
  EXPECT_NEAR(*give_up_chance(ten, make(Family::normal, 9.5, 3)), 0.5, 1e-15);
  EXPECT_NEAR(*give_up_chance(ten, make(Family::lognormal, 9.5, 2)), 0.5, 1e-15);
  EXPECT_NEAR(*give_up_chance(ten, make(Family::gamma, 20, 20)), 1 - std::exp(-9.5 / 20), 1e-14);
  // P(duration > 10 ms) = P(draw > 10.5), to full relative accuracy in the tail.
  const double tail = *give_up_chance(make(Family::exponential, 1), make(Family::constant, 500));
  EXPECT_NEAR(tail / std::exp(-500.5), 1, 1e-12);
}

TEST(Waiting, giving_up_of_exponentials_is_a_sum_over_milliseconds) {
  for (const auto& [duration, patience] : {std::pair(3.0, 7.0), std::pair(0.3, 0.2), std::pair(50.0, 2.0)}) {
    const auto at_least = [](double mean, int k) { return k == 0 ? 1.0 : std::exp(-(k - 0.5) / mean); };
    double sum = 0;
    for (int k = 0; k < 5000; ++k) {
      sum += (at_least(patience, k) - at_least(patience, k + 1)) * at_least(duration, k + 1);
    }
    EXPECT_NEAR(*give_up_chance(make(Family::exponential, duration), make(Family::exponential, patience)), sum, 1e-14);
  }
  EXPECT_NEAR(*give_up_chance(make(Family::exponential, 3e9), make(Family::exponential, 1e9)), 0.75, 1e-9);
}

TEST(Waiting, giving_up_is_not_known_otherwise) {
  EXPECT_FALSE(give_up_chance(make(Family::lognormal, 1000, 1), make(Family::exponential, 1000)));
  EXPECT_FALSE(give_up_chance(make(Family::normal, 1000, 1), make(Family::normal, 1000, 1)));
}

}  // namespace
}  // namespace sojourn::models::detail
