#include "engine/tally/histogram.h"

#include "engine/base/contract.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace sojourn::tests {
namespace {

using engine::Histogram;

/// Values from 0 up, spread over many orders of magnitude.
std::vector<std::int64_t> sample(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 bits(seed);
  std::vector<std::int64_t> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<std::int64_t>(bits() >> (20 + bits() % 44)));
  return values;
}

Histogram histogram_of(const std::vector<std::int64_t>& values) {
  Histogram histogram;
  for (const std::int64_t value : values) histogram.add(value);
  return histogram;
}

TEST(Histogram, small_values_have_bins_of_their_own) {
  for (std::uint64_t value = 0; value < 512; ++value) {
    EXPECT_EQ(Histogram::bin_of(value), value);
    EXPECT_EQ(Histogram::low_edge(value), static_cast<double>(value));
  }
}

TEST(Histogram, bins_follow_one_another_and_are_narrow) {
  std::uint64_t value = 1;
  std::size_t last = Histogram::bin_of(0);
  for (std::size_t bin = 1; bin < 10'000; ++bin) {
    const double low = Histogram::low_edge(bin);
    ASSERT_GT(low, Histogram::low_edge(bin - 1));
    ASSERT_LE(Histogram::low_edge(bin + 1) - low, std::max(1.0, low / 256)) << bin;
    value = static_cast<std::uint64_t>(low);
    ASSERT_EQ(Histogram::bin_of(value), bin);
    ASSERT_EQ(Histogram::bin_of(value - 1), last);
    last = bin;
  }
  EXPECT_GT(value, std::uint64_t{1} << 43);  // longer than any journey in ms
}

TEST(Histogram, quantiles_are_those_of_the_sorted_sample) {
  std::vector<std::int64_t> values = sample(1, 20'001);
  const Histogram histogram = histogram_of(values);
  std::sort(values.begin(), values.end());
  for (const std::size_t rank : {0U, 1U, 5'000U, 10'000U, 15'000U, 18'000U, 19'999U, 20'000U}) {
    const double exact = static_cast<double>(values[rank]);
    EXPECT_NEAR(histogram.at_rank(static_cast<double>(rank) + 0.5), exact, std::max(0.5, exact / 256)) << rank;
  }
}

TEST(Histogram, quantiles_of_small_integers_are_exact) {
  const Histogram histogram = histogram_of({3, 3, 3, 7, 7, 100, 100, 100, 100, 511});
  EXPECT_EQ(histogram.at_rank(0), 3);
  EXPECT_EQ(histogram.at_rank(2.9), 3);
  EXPECT_EQ(histogram.at_rank(3), 7);
  EXPECT_EQ(histogram.at_rank(5), 100);
  EXPECT_EQ(histogram.at_rank(8.999), 100);
  EXPECT_EQ(histogram.at_rank(9), 511);
  EXPECT_EQ(histogram.at_rank(10), 511);
}

TEST(Histogram, quantiles_rise_with_the_rank) {
  const Histogram histogram = histogram_of(sample(2, 3'000));
  double last = -1;
  for (double rank = 0; rank <= 3'000; rank += 0.7) {
    ASSERT_GE(histogram.at_rank(rank), last);
    last = histogram.at_rank(rank);
  }
}

TEST(Histogram, merging_is_adding_in_any_order) {
  const auto values = sample(3, 5'000);
  Histogram first, second, third;
  for (std::size_t i = 0; i < values.size(); ++i) (i % 3 == 0 ? first : i % 3 == 1 ? second : third).add(values[i]);
  Histogram one_way = first;
  one_way.add(second);
  one_way.add(third);
  Histogram other_way = third;
  other_way.add(second);
  other_way.add(first);
  EXPECT_EQ(one_way.counts(), other_way.counts());
  EXPECT_EQ(one_way.counts(), histogram_of(values).counts());
  EXPECT_EQ(one_way.total(), values.size());
}

TEST(Histogram, central_moments_are_those_of_the_values) {
  const std::vector<std::int64_t> values = {0, 4, 4, 5, 9, 130, 511};
  const Histogram histogram = histogram_of(values);
  const double mean = 663.0 / 7;
  for (const int order : {1, 2, 3, 4}) {
    double exact = 0;
    for (const std::int64_t value : values) exact += std::pow(static_cast<double>(value) - mean, order) / 7;
    EXPECT_NEAR(histogram.central_moment(mean, order), exact, 1e-12 * std::pow(420, order)) << order;
  }
}

TEST(Histogram, what_is_negative_counts_as_0) {
  EXPECT_EQ(histogram_of({-5, -1, 0}).counts(), (std::vector<std::uint64_t>{3}));
}

TEST(Histogram, of_nothing_has_no_quantile) {
  EXPECT_THROW(Histogram{}.at_rank(0), engine::ContractViolation);
  EXPECT_EQ(Histogram{}.total(), 0U);
}

}  // namespace
}  // namespace sojourn::tests
