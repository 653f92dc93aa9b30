#include "engine/base/exact_sum.h"

#include <gtest/gtest.h>
#include <boost/multiprecision/cpp_int.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace sojourn::tests {
namespace {

using Big = boost::multiprecision::cpp_int;
using engine::Int128;
using engine::to_nano;
using engine::Uint128;
using engine::WideSum;

Big big(Int128 x) {
  const bool negative = x < 0;
  const Uint128 bits = negative ? -static_cast<Uint128>(x) : static_cast<Uint128>(x);
  const Big value = (Big(static_cast<std::uint64_t>(bits >> 64)) << 64) + static_cast<std::uint64_t>(bits);
  return negative ? Big(-value) : value;
}

Big big(const WideSum& sum) { return Big(sum.high) * (Big(1) << 128) + Big(sum.lower()); }

/// Numbers of all sizes and both signs, with the extremes among them.
std::vector<std::int64_t> numbers(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 bits(seed);
  std::vector<std::int64_t> list = {0, 1, -1, std::numeric_limits<std::int64_t>::max(),
                                    std::numeric_limits<std::int64_t>::min()};
  while (list.size() < count) list.push_back(static_cast<std::int64_t>(bits()) >> (bits() % 64));
  return list;
}

TEST(WideSum, of_products_is_exact) {
  const auto a = numbers(1, 3'000);
  const auto b = numbers(2, 3'000);
  WideSum sum;
  Big exact = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::int64_t y = b[(i * 7) % b.size()];
    sum.add_product(a[i], y);
    exact += Big(a[i]) * y;
    ASSERT_EQ(big(sum), exact) << a[i] << " times " << y;
  }
}

TEST(WideSum, takes_away_what_was_added) {
  const auto a = numbers(3, 2'000);
  WideSum all, part;
  Big rest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::int64_t y = a[(i * 11) % a.size()];
    all.add_product(a[i], y);
    if (i % 3 == 0) {
      part.add_product(a[i], y);
    } else {
      rest += Big(a[i]) * y;
    }
  }
  all.subtract(part);
  EXPECT_EQ(big(all), rest);
}

TEST(WideSum, carries_over_128_bits_both_ways) {
  const std::int64_t least = std::numeric_limits<std::int64_t>::min();
  WideSum sum;
  Big exact = 0;
  for (int i = 0; i < 9; ++i) {  // 9 times 2^126
    sum.add_product(least, least);
    exact += Big(least) * least;
  }
  EXPECT_EQ(big(sum), exact);
  EXPECT_EQ(sum.high, 2);
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  for (int i = 0; i < 20; ++i) {
    sum.add_product(least, most);
    exact += Big(least) * most;
  }
  EXPECT_EQ(big(sum), exact);
  EXPECT_LT(sum.high, 0);
}

TEST(WideSum, of_sums_is_the_sum) {
  const auto a = numbers(3, 500);
  WideSum whole, first, second;
  for (std::size_t i = 0; i < a.size(); ++i) {
    whole.add_product(a[i], a[a.size() - 1 - i]);
    (i % 3 == 0 ? first : second).add_product(a[i], a[a.size() - 1 - i]);
  }
  second.add(first);
  EXPECT_EQ(second, whole);
}

TEST(WideSum, of_single_terms_is_exact) {
  WideSum sum;
  Big exact = 0;
  for (const std::int64_t x : numbers(4, 500)) {
    const Int128 term = static_cast<Int128>(x) * 1'000'003;
    sum.add(term);
    exact += big(term);
  }
  EXPECT_EQ(big(sum), exact);
}

TEST(ToNano, is_the_nearest_ties_to_even) {
  EXPECT_EQ(to_nano(0.0), 0);
  EXPECT_EQ(to_nano(-0.0), 0);
  EXPECT_EQ(to_nano(0.4), 400'000'000);
  EXPECT_EQ(to_nano(-0.4), -400'000'000);
  EXPECT_EQ(to_nano(1e-9), 1);
  EXPECT_EQ(to_nano(4.9e-10), 0);
  EXPECT_EQ(to_nano(5.1e-10), 1);
  EXPECT_EQ(to_nano(0.0009765625), 976'562);    // 976562.5 exactly: to the even neighbour
  EXPECT_EQ(to_nano(0.0029296875), 2'929'688);  // 2929687.5
  EXPECT_EQ(to_nano(-0.0009765625), -976'562);
}

TEST(ToNano, is_exact_for_decimals_of_nine_places) {
  std::mt19937_64 bits(5);
  for (int i = 0; i < 100'000; ++i) {
    const auto nano = static_cast<std::int64_t>(bits() % 20'000'000'000) - 10'000'000'000;
    ASSERT_EQ(to_nano(static_cast<double>(nano) / 1e9), nano);
  }
}

TEST(ToNano, reaches_far) {
  EXPECT_EQ(to_nano(9.2e9), 9'200'000'000'000'000'000);
  EXPECT_EQ(to_nano(-9.2e9), -9'200'000'000'000'000'000);
  EXPECT_EQ(to_nano(2251799.8136852), 2'251'799'813'685'200);  // just below 2^51, where the rounding trick ends
  EXPECT_EQ(to_nano(2251799.9), 2'251'799'900'000'000);        // just above
  EXPECT_EQ(to_nano(1e8), 100'000'000'000'000'000);
}

}  // namespace
}  // namespace sojourn::tests
