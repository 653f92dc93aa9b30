#include "engine/tally/product_sums.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <vector>

namespace sojourn::engine {
namespace {

using Row = std::vector<std::int64_t>;

/// A row in eights of numbers that are narrow, the largest among them.
Row narrow_row(std::size_t count) {
  Row row(in_eights(count), 0);
  for (std::size_t i = 0; i < count; ++i) {
    row[i] =
        *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-kNarrow + 1, kNarrow), rc::gen::inRange<std::int64_t>(-2, 3),
                        rc::gen::element<std::int64_t>(kNarrow - 1, -kNarrow + 1, 0));
  }
  return row;
}

RC_GTEST_PROP(ProductSums, are_those_of_wide_words, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 20);
  const auto rows = *rc::gen::inRange<std::size_t>(1, 4);
  ProductSums pairs(1, count), outer(rows, count);
  std::vector<Int128> of_pairs(count, 0), of_outer(rows * count, 0);
  const auto terms = *rc::gen::inRange<int>(1, 8);
  for (int t = 0; t < terms; ++t) {
    const Row x = narrow_row(count), y = narrow_row(count), z = narrow_row(rows);
    pairs.add(x.data(), y.data());
    outer.add_outer(z.data(), y.data());
    for (std::size_t i = 0; i < count; ++i) {
      of_pairs[i] += static_cast<Int128>(x[i]) * y[i];
      for (std::size_t r = 0; r < rows; ++r) of_outer[r * count + i] += static_cast<Int128>(z[r]) * y[i];
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    RC_ASSERT(pairs.sum(0, i) == of_pairs[i]);
    for (std::size_t r = 0; r < rows; ++r) RC_ASSERT(outer.sum(r, i) == of_outer[r * count + i]);
  }
}

/// So many of the largest as may be added.
TEST(ProductSums, have_room_for_the_most_of_the_largest) {
  for (const std::int64_t sign : {1, -1}) {
    const Row x(8, kNarrow - 1), y(8, sign * (kNarrow - 1));
    ProductSums sums(1, 8);
    for (std::size_t i = 0; i < ProductSums::kMost; ++i) sums.add(x.data(), y.data());
    const Int128 product = static_cast<Int128>(kNarrow - 1) * y[0];
    for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(sums.sum(0, i), product * ProductSums::kMost);
    sums.clear();
    EXPECT_EQ(sums.sum(0, 3), 0);
  }
}

TEST(ProductSums, rows_are_added_taken_away_and_looked_at) {
  Row x = {1, -2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0, 0, 0, 0}, y(16, 1), to(16, 10);
  add_row(x.data(), 16, to.data());
  EXPECT_EQ(to[1], 8);
  EXPECT_EQ(to[8], 19);
  subtract_row(x.data(), y.data(), 16, to.data());
  EXPECT_EQ(to[0], 0);
  EXPECT_EQ(to[15], -1);
  EXPECT_TRUE(are_narrow(x.data(), 16));
  for (const std::int64_t wide : {kNarrow, -kNarrow - 1, INT64_MAX, INT64_MIN}) {
    x[8] = wide;
    EXPECT_FALSE(are_narrow(x.data(), 16)) << wide;
  }
  for (const std::int64_t narrow : {kNarrow - 1, -kNarrow + 1}) {
    x[8] = narrow;
    EXPECT_TRUE(are_narrow(x.data(), 16)) << narrow;
  }
}

}  // namespace
}  // namespace sojourn::engine
