#include "tools/terminal/number_words.h"

#include "tests/tools/hand_made.h"

#include <gtest/gtest.h>

#include <numeric>

namespace sojourn::tools {
namespace {

using models::Better;
using models::Unit;

const Look utf8;
const Look ascii{80, false, false};

TEST(NumberWords, a_minus_is_a_minus_and_zero_has_no_sign) {
  EXPECT_EQ(decimal(-4.25, 1, utf8), "\u22124.2");
  EXPECT_EQ(decimal(-4.25, 1, ascii), "-4.2");
  EXPECT_EQ(decimal(-0.04, 1, utf8), "0.0");
  EXPECT_EQ(signed_decimal(0.04, 1, utf8), "0.0");
  EXPECT_EQ(signed_decimal(4.26, 1, utf8), "+4.3");
  EXPECT_EQ(decimal(1234567.891, 2, utf8), "1,234,567.89");
  EXPECT_EQ(decimal(-999.96, 1, ascii), "-1,000.0");
  EXPECT_EQ(whole(41000, utf8), "41,000");
  EXPECT_EQ(whole(999, utf8), "999");
}

TEST(NumberWords, what_does_not_exist_is_a_dash) {
  EXPECT_EQ(decimal(models::kNone, 1, utf8), "\u2013");
  EXPECT_EQ(percent(models::kNone, ascii), "-");
  EXPECT_EQ(with_interval(models::Figure{}, {Unit::share}, utf8), "\u2013");
}

TEST(NumberWords, shares_are_percentages) {
  EXPECT_EQ(percent(0.184, utf8), "18 %");
  EXPECT_EQ(percent(0.0042, utf8), "0.4 %");
  EXPECT_EQ(percent(0.0999, utf8), "10 %");
  EXPECT_EQ(percent(0.0001, utf8), "<0.1 %");
  EXPECT_EQ(percent(0, utf8), "0 %");
  EXPECT_EQ(percent(1, utf8), "100 %");
}

TEST(NumberWords, times_have_the_unit_that_fits) {
  EXPECT_EQ(duration(0.2, utf8), "12.0 min");
  EXPECT_EQ(duration(10.0 / 3600, utf8), "10.0 s");
  EXPECT_EQ(duration(3.14, utf8), "3.1 h");
  EXPECT_EQ(duration(100, utf8), "4.2 d");
  EXPECT_EQ(duration(24 * 365, utf8), "365 d");
  EXPECT_EQ(duration(0, utf8), "0");
}

TEST(NumberWords, an_interval_is_said_in_words) {
  EXPECT_EQ(with_interval(tests::figure(28.4), {Unit::nps_points}, utf8), "28.4 (27.9 to 28.9)");
  EXPECT_EQ(with_interval(tests::figure(-0.2, 0.3), {Unit::nps_points, "", Style::Kind::difference}, utf8),
            "\u22120.2 (\u22120.5 to +0.1)");
  EXPECT_EQ(with_interval(tests::figure(0.649, 0.003), {Unit::share}, utf8), "64.9 % (64.6 to 65.2)");
  EXPECT_EQ(with_interval(tests::figure(1.5, 0.25), {Unit::money, "EUR"}, utf8), "1.50 EUR (1.25 to 1.75)");
  EXPECT_EQ(with_interval(tests::figure(2, 1.0 / 6), {Unit::hours}, utf8), "2.0 h (1.8 to 2.2)");
  EXPECT_EQ(with_interval(tests::figure(7, 0), {Unit::points}, utf8), "7.00");  // exact
}

TEST(NumberWords, a_difference_is_coloured_only_if_its_interval_for_all_excludes_0) {
  EXPECT_EQ(tone_of(tests::difference(2, 0.5), Better::more), Tone::better);
  EXPECT_EQ(tone_of(tests::difference(2, 0.5), Better::less), Tone::worse);
  EXPECT_EQ(tone_of(tests::difference(-2, 0.5), Better::more), Tone::worse);
  EXPECT_EQ(tone_of(tests::difference(0.75, 0.5), Better::more), Tone::dim);  // adjusted: -0.25 to 1.75
  EXPECT_EQ(tone_of(tests::figure(0.75, 0.5), Better::more), Tone::better);   // alone: 0.25 to 1.25
  EXPECT_EQ(tone_of(tests::difference(2, 0.5), Better::neutral), Tone::plain);
}

TEST(NumberWords, rounded_parts_add_up) {
  const std::vector<double> thirds = {1.0 / 3, 1.0 / 3, 1.0 / 3};
  EXPECT_EQ(rounded_parts(thirds, 100), (std::vector<std::int64_t>{34, 33, 33}));
  const std::vector<double> shares = {0.555, 0.295, 0.15};
  const auto parts = rounded_parts(shares, 100);
  EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), 100);
  const std::vector<double> nothing = {0, 0};
  EXPECT_EQ(rounded_parts(nothing, 100), (std::vector<std::int64_t>{0, 0}));
}

}  // namespace
}  // namespace sojourn::tools
