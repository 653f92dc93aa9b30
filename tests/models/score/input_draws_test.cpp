#include "models/score/input_draws.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

using Family = Distribution::Family;

Uncertain normal(const std::string& address, double mean, double sd, Range range = {}) {
  Uncertain uncertain;
  uncertain.address = address;
  uncertain.distribution = {Family::normal, mean, sd, 0, {}};
  uncertain.range = range;
  return uncertain;
}

TEST(InputDraw, follows_its_distribution) {
  Quantiles quantiles;
  const InputDraw draw(normal("x", 5, 2), 1, 0, quantiles);
  EXPECT_EQ(draw.share_outside(), 0);
  double sum = 0, squares = 0;
  constexpr std::uint32_t n = 1024;
  for (std::uint32_t i = 0; i < n; ++i) sum += draw.value(i), squares += draw.value(i) * draw.value(i);
  EXPECT_NEAR(sum / n, 5, 0.02);  // stratified: far better than 2 / sqrt(n)
  EXPECT_NEAR(std::sqrt(squares / n - 25), 2, 0.03);
}

TEST(InputDraw, is_cut_off_at_the_range) {
  Quantiles quantiles;
  const InputDraw draw(normal("x", 0, 1, {0, 1, false}), 1, 0, quantiles);
  EXPECT_NEAR(draw.share_outside(), 1 - 0.3413447460685429, 1e-6);
  double sum = 0;
  constexpr std::uint32_t n = 4096;
  for (std::uint32_t i = 0; i < n; ++i) {
    ASSERT_GE(draw.value(i), 0);
    ASSERT_LE(draw.value(i), 1);
    sum += draw.value(i);
  }
  // Mean of a normal cut off to (0, 1): (f(0) - f(1)) / (F(1) - F(0)).
  EXPECT_NEAR(sum / n, (0.3989422804014327 - 0.24197072451914337) / 0.3413447460685429, 1e-3);
}

TEST(InputDraw, leaves_out_an_end_that_is_refused) {
  Quantiles quantiles;
  Uncertain coin = normal("x", 0, 1, {0, 10, true});
  coin.distribution = {Family::discrete, 0, 0, 0, {{0, 1}, {2, 3}}};
  const InputDraw draw(coin, 1, 0, quantiles);
  EXPECT_NEAR(draw.share_outside(), 0.25, 1e-9);
  for (std::uint32_t i = 0; i < 64; ++i) EXPECT_EQ(draw.value(i), 2);
}

TEST(InputDraw, a_distribution_outside_of_the_range_is_refused) {
  Quantiles quantiles;
  try {
    const InputDraw draw(normal("touchpoints.a.cost", -9, 0.1, {0, 1, false}), 1, 0, quantiles);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics().list().front().what,
              "uncertain: nothing of the distribution of 'touchpoints.a.cost' is from 0 to 1");
  }
}

TEST(InputDraw, hangs_on_address_seed_replicate_and_draw_alone) {
  Quantiles quantiles, others;
  others({Family::gamma, 3, 1, 0, {}});
  const InputDraw one(normal("x", 5, 2), 1, 0, quantiles), same(normal("x", 5, 2), 1, 0, others);
  const InputDraw wider(normal("x", 5, 4), 1, 0, quantiles), other(normal("y", 5, 2), 1, 0, quantiles);
  for (std::uint32_t i = 0; i < 16; ++i) {
    EXPECT_EQ(one.value(i), same.value(i));
    EXPECT_EQ(one.normal_score(i), wider.normal_score(i));
    EXPECT_NEAR((wider.value(i) - 5) / 4, (one.value(i) - 5) / 2, 1e-12);  // one address, one luck
    EXPECT_NE(one.value(i), other.value(i));
  }
}

TEST(InputDraw, beta_is_on_0_to_1) {
  Quantiles quantiles;
  Uncertain share = normal("x", 0.3, 0.1, {0, 1, false});
  share.distribution = {Family::beta, 3, 1, 0, {}};
  share.factor = 0.1;
  const InputDraw draw(share, 1, 0, quantiles);
  double sum = 0;
  for (std::uint32_t i = 0; i < 256; ++i) sum += draw.value(i);
  EXPECT_NEAR(sum / 256, 0.3, 1e-3);
}

}  // namespace
}  // namespace sojourn::models
