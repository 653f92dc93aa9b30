#include "models/text/duration.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

std::string refused(std::string_view text, Sign sign = Sign::not_negative) {
  const Reading<double> duration = read_duration(text, sign);
  if (duration) return "read";
  const Refusal& refusal = duration.refusal;
  return refusal.what + (refusal.why.empty() ? "" : " (" + refusal.why + ")") +
         (refusal.suggestion.empty() ? "" : ". " + refusal.suggestion);
}

TEST(Duration, a_number_and_a_unit_in_milliseconds) {
  const std::pair<const char*, double> durations[] = {
      {"1 ms", 1},       {"1 s", 1000},     {"1 min", 60e3},    {"1 h", 3600e3},     {"1 d", 86400e3},
      {"1 w", 604800e3}, {"10 min", 600e3}, {"3d", 259200e3},   {"1.5   h", 5400e3}, {"0.5 ms", 0.5},
      {"1e3s", 1e6},     {"2.5e-1 s", 250}, {"+3 d", 259200e3}, {"24 d", 2073600e3}, {"365.25 d", 31557600e3}};
  for (const auto& [text, ms] : durations) {
    const Reading<double> duration = read_duration(text);
    ASSERT_TRUE(duration) << text;
    EXPECT_EQ(*duration, ms) << text;
  }
}

TEST(Duration, only_zero_may_lack_the_unit) {
  for (const char* text : {"0", "0.0", "-0", "0 min", "0d"}) EXPECT_EQ(*read_duration(text), 0) << text;
  EXPECT_EQ(refused("10"),
            "the duration '10' has no unit (the units are ms, s, min, h, d and w). Write for example 10 min");
}

TEST(Duration, unknown_units_are_refused_with_the_one_meant) {
  const std::string units = " (the units are ms, s, min, h, d and w)";
  EXPECT_EQ(refused("10 minutes"),
            "the duration '10 minutes' has the unknown unit 'minutes'" + units + ". Write 10 min");
  EXPECT_EQ(refused("5m"), "the duration '5m' has the unknown unit 'm'" + units + ". Write 5 min");
  EXPECT_EQ(refused("3 H"), "the duration '3 H' has the unknown unit 'H'" + units + ". Write 3 h");
  EXPECT_EQ(refused("2 Tage"), "the duration '2 Tage' has the unknown unit 'Tage'" + units + ". Write 2 d");
  EXPECT_EQ(refused("2 Std."), "the duration '2 Std.' has the unknown unit 'Std.'" + units + ". Write 2 h");
  EXPECT_EQ(refused("3 minuets"), "the duration '3 minuets' has the unknown unit 'minuets'" + units + ". Write 3 min");
  EXPECT_EQ(refused("3 parsecs"), "the duration '3 parsecs' has the unknown unit 'parsecs'" + units);
  EXPECT_EQ(refused("1 month"),
            "the duration '1 month' has the unit 'month' (months and years differ in length). Write it in days (d)");
  EXPECT_EQ(refused("2 Jahre"),
            "the duration '2 Jahre' has the unit 'Jahre' (months and years differ in length). Write it in days (d)");
}

TEST(Duration, one_number_and_one_unit) {
  const std::string one = " is not one number and one unit (a duration has exactly one of each). Write ";
  EXPECT_EQ(refused("1 h 30 min"), "'1 h 30 min'" + one + "90 min");
  EXPECT_EQ(refused("1 day 2 hours"), "'1 day 2 hours'" + one + "26 h");
  const std::string form = " is not a duration (a duration is one number and one unit, like '10 min')";
  for (const char* text : {"PT10M", "10:30", "ten min", "min", "1h30", "10 min min 5"}) {
    EXPECT_EQ(refused(text), "'" + std::string(text) + "'" + form) << text;
  }
  EXPECT_EQ(refused(""), "a duration is missing (it is one number and one unit, like '10 min')");
}

TEST(Duration, the_number_is_as_strict_as_any) {
  EXPECT_EQ(
      refused("0,5 h"),
      "'0,5 h' is not a duration (the decimal sign is a point, and nothing stands between thousands). Write 0.5 h");
  EXPECT_EQ(
      refused("010 min"),
      "'010 min' is not a duration (a leading zero means octal to some readers and nothing to others). Write 10 min");
  EXPECT_EQ(refused(".5 h"), "'.5 h' is not a duration (a point has digits on both sides). Write 0.5 h");
  EXPECT_EQ(refused("1_000 s"), "'1_000 s' is not a duration (nothing stands between the digits). Write 1000 s");
  EXPECT_NE(refused(".inf d"), "read");
  EXPECT_NE(refused("1e999 d"), "read");
}

TEST(Duration, negative_ones_only_where_allowed) {
  EXPECT_EQ(refused("-3 d"), "the duration '-3 d' is negative (only the change of a duration can be)");
  EXPECT_EQ(refused("-0.5 ms"), "the duration '-0.5 ms' is negative (only the change of a duration can be)");
  EXPECT_EQ(*read_duration("-3 d", Sign::any), -259200e3);
}

TEST(Duration, the_longest_is_2_to_the_43_milliseconds) {
  EXPECT_EQ(*read_duration("8796093022208 ms"), longest_duration_ms);
  EXPECT_EQ(longest_duration_ms, 0x1p43);
  const std::string longest = " is too long (the longest is 2^43 ms, about 278 years)";
  EXPECT_EQ(refused("8796093022209 ms"), "the duration '8796093022209 ms'" + longest);
  EXPECT_EQ(refused("1e9 w"), "the duration '1e9 w'" + longest);
  EXPECT_EQ(refused("-1e300 w", Sign::any), "the duration '-1e300 w'" + longest);
}

TEST(Duration, whole_milliseconds_are_the_nearest) {
  EXPECT_EQ(whole_milliseconds(0), 0);
  EXPECT_EQ(whole_milliseconds(0.49999999999999994), 0);  // a sum with 0.5 would round to 1
  EXPECT_EQ(whole_milliseconds(0.5), 1);
  EXPECT_EQ(whole_milliseconds(1.5), 2);
  EXPECT_EQ(whole_milliseconds(2.5), 3);
  EXPECT_EQ(whole_milliseconds(-0.5), -1);
  EXPECT_EQ(whole_milliseconds(-0.4), 0);
  EXPECT_EQ(whole_milliseconds(longest_duration_ms), std::int64_t{1} << 43);
  EXPECT_EQ(whole_milliseconds(9007199254740991.0), 9007199254740991);
}

TEST(Duration, text_in_the_unit_with_the_shortest_number) {
  EXPECT_EQ(duration_text(0), "0");
  EXPECT_EQ(duration_text(1), "1 ms");
  EXPECT_EQ(duration_text(600e3), "10 min");
  EXPECT_EQ(duration_text(5400e3), "90 min");
  EXPECT_EQ(duration_text(20 * 86400e3), "20 d");
  EXPECT_EQ(duration_text(14 * 86400e3), "14 d");
  EXPECT_EQ(duration_text(100.5), "100.5 ms");
  EXPECT_EQ(duration_text(-259200e3), "-3 d");
  EXPECT_EQ(duration_text(0.25), "0.25 ms");
}

TEST(Duration, text_comes_back_as_the_same_bits) {
  std::uint64_t state = 7;
  for (int i = 0; i < 20'000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const double ms = static_cast<double>(state >> (10 + i % 50)) / (i % 3 == 0 ? 1000.0 : 1.0);
    if (ms > longest_duration_ms) continue;
    ASSERT_EQ(*read_duration(duration_text(ms)), ms) << duration_text(ms);
  }
}

}  // namespace
}  // namespace sojourn::models
