#include "engine/study/scrambled_points.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace sojourn::engine {
namespace {

TEST(ScrambledPoints, of_the_first_2_to_the_k_one_lies_in_each_part) {
  const ScrambledPoints points(1, 0, "touchpoints.wish.cost");
  for (const int k : {0, 1, 3, 6, 10}) {
    std::set<std::uint32_t> parts;
    for (std::uint32_t i = 0; i < (1U << k); ++i) {
      parts.insert(k == 0 ? 0 : points.word(i) >> (32 - k));
    }
    EXPECT_EQ(parts.size(), 1U << k) << k;
  }
}

TEST(ScrambledPoints, any_aligned_run_of_2_to_the_k_is_as_even) {
  const ScrambledPoints points(7, 3, "x");
  std::set<std::uint32_t> parts;
  for (std::uint32_t i = 3 * 64; i < 4 * 64; ++i) parts.insert(points.word(i) >> 26);
  EXPECT_EQ(parts.size(), 64U);
}

TEST(ScrambledPoints, each_name_seed_and_replicate_has_its_own) {
  const ScrambledPoints one(1, 0, "a"), other(1, 0, "b"), seed(2, 0, "a"), replicate(1, 1, "a");
  EXPECT_NE(one.word(0), other.word(0));
  EXPECT_NE(one.word(0), seed.word(0));
  EXPECT_NE(one.word(0), replicate.word(0));
  EXPECT_EQ(one.word(5), ScrambledPoints(1, 0, "a").word(5));
}

std::uint32_t backwards(std::uint32_t word) {
  std::uint32_t result = 0;
  for (int bit = 0; bit < 32; ++bit) result |= ((word >> bit) & 1U) << (31 - bit);
  return result;
}

TEST(ScrambledPoints, are_van_der_corputs_with_order_and_values_scrambled_by_coins_of_their_own) {
  const PlaceKey key = place_key(5, "uncertain input x");
  const OwenScramble order(key, 2, 0), value(key, 2, 1);
  const ScrambledPoints points(5, 2, "x");
  for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(points.word(i), value(backwards(order(i)))) << i;
}

// Of 64 pairs of names each correlation over 4,096 terms is nearly normal with sd 1/64 at most: beyond 6 sd in 1e-7 of
// all seeds.
TEST(ScrambledPoints, names_do_not_follow_each_other) {
  constexpr std::uint32_t n = 4096;
  for (int pair = 0; pair < 64; ++pair) {
    const ScrambledPoints a(1, 0, "a" + std::to_string(pair)), b(1, 0, "b" + std::to_string(pair));
    double product = 0;
    for (std::uint32_t i = 0; i < n; ++i) product += (uniform(a.word(i)) - 0.5) * (uniform(b.word(i)) - 0.5);
    EXPECT_LT(std::abs(product / n * 12), 6.0 / 64) << pair;
  }
}

// The first term alone is uniform over seeds: chi-square with 15 degrees of freedom below 52 but in 5e-6 of all choices.
TEST(ScrambledPoints, a_single_term_is_uniform) {
  int counts[16] = {};
  for (std::uint64_t seed = 0; seed < 1600; ++seed) ++counts[ScrambledPoints(seed, 0, "x").word(11) >> 28];
  double chi_square = 0;
  for (const int count : counts) chi_square += (count - 100.0) * (count - 100.0) / 100.0;
  EXPECT_LT(chi_square, 52);
}

}  // namespace
}  // namespace sojourn::engine
