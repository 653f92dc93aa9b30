#include "models/text/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace sojourn::models {
namespace {

std::string refusal(const Refusal& refusal) {
  return refusal.what + (refusal.why.empty() ? "" : " (" + refusal.why + ")") +
         (refusal.suggestion.empty() ? "" : ". " + refusal.suggestion);
}

/// Why a text is refused, or "read".
std::string refused(std::string_view text) {
  const Reading<double> number = read_number(text);
  return number ? "read" : refusal(number.refusal);
}

TEST(Number, decimal_numbers_are_read) {
  const std::pair<const char*, double> numbers[] = {{"0", 0},
                                                    {"5", 5},
                                                    {"-3", -3},
                                                    {"+0.8", 0.8},
                                                    {"0.25", 0.25},
                                                    {"10.50", 10.5},
                                                    {"1e6", 1e6},
                                                    {"2.5E-3", 0.0025},
                                                    {"1e+2", 100},
                                                    {"0e0", 0},
                                                    {"0.0", 0},
                                                    {"-0.5", -0.5},
                                                    {"1e-300", 1e-300},
                                                    {"1.7976931348623157e308", 1.7976931348623157e308},
                                                    {"0.1", 0.1},
                                                    {"123456789012345678901234567890", 1.2345678901234568e29},
                                                    {"5e-324", 5e-324},
                                                    {"0e-999", 0},
                                                    {"0.30000000000000004", 0.1 + 0.2}};
  for (const auto& [text, value] : numbers) {
    const Reading<double> number = read_number(text);
    ASSERT_TRUE(number) << text << ": " << refusal(number.refusal);
    EXPECT_EQ(*number, value) << text;
  }
}

TEST(Number, minus_zero_is_zero) {
  for (const char* text : {"-0", "-0.0", "-0e5"}) EXPECT_FALSE(std::signbit(*read_number(text))) << text;
}

TEST(Number, other_bases_and_leading_zeros_are_refused_with_the_decimal) {
  const std::string octal = " (a leading zero means octal to some readers and nothing to others). Write ";
  EXPECT_EQ(refused("010"), "'010' is not a number" + octal + "10");
  EXPECT_EQ(refused("-07"), "'-07' is not a number" + octal + "-7");
  EXPECT_EQ(refused("00"), "'00' is not a number" + octal + "0");
  EXPECT_EQ(refused("00.5"), "'00.5' is not a number" + octal + "0.5");
  EXPECT_EQ(refused("0x10"), "'0x10' is not a number (numbers are decimal). Write 16");
  EXPECT_EQ(refused("0o17"), "'0o17' is not a number (numbers are decimal). Write 15");
  EXPECT_EQ(refused("-0b101"), "'-0b101' is not a number (numbers are decimal). Write -5");
  EXPECT_EQ(refused("0xfg"), "'0xfg' is not a number (numbers are decimal)");
}

TEST(Number, what_is_not_finite_is_refused) {
  for (const char* text : {".nan", ".inf", "-.inf", "+.Inf", "NaN", "nan", "inf", "-Infinity", "INF"}) {
    EXPECT_EQ(refused(text), "'" + std::string(text) + "' is not a number (numbers are finite)");
  }
  EXPECT_EQ(refused("1e999"), "the number '1e999' is out of range (the largest is about 1.8e308)");
  EXPECT_EQ(refused("-1.8e308"), "the number '-1.8e308' is out of range (the largest is about 1.8e308)");
  EXPECT_EQ(refused("1" + std::string(400, '0')).substr(0, 12), "the number '");
}

TEST(Number, what_would_be_read_as_zero_is_refused) {
  EXPECT_EQ(refused("1e-400"), "the number '1e-400' is too small (it would be read as 0). Write 0 if that is meant");
  EXPECT_EQ(refused("-1e-99999999999"),
            "the number '-1e-99999999999' is too small (it would be read as 0). Write 0 if that is meant");
  const std::string tiny = "0." + std::string(400, '0') + "1";
  EXPECT_EQ(refused(tiny), "the number '" + tiny.substr(0, 60) +
                               "...' is too small (it would be read as 0). Write 0 if that is meant");
}

TEST(Number, separators_are_refused_with_the_number_meant) {
  const std::string between = " (nothing stands between the digits). Write ";
  const std::string point = " (the decimal sign is a point, and nothing stands between thousands)";
  EXPECT_EQ(refused("1_000"), "'1_000' is not a number" + between + "1000");
  EXPECT_EQ(refused("1 000.5"), "'1 000.5' is not a number" + between + "1000.5");
  EXPECT_EQ(refused("1'000"), "'1'000' is not a number" + between + "1000");
  EXPECT_EQ(refused("0,5"), "'0,5' is not a number" + point + ". Write 0.5");
  EXPECT_EQ(refused("12,25"), "'12,25' is not a number" + point + ". Write 12.25");
  EXPECT_EQ(refused("1.000,5"), "'1.000,5' is not a number" + point + ". Write 1000.5");
  EXPECT_EQ(refused("1,000.5"), "'1,000.5' is not a number" + point + ". Write 1000.5");
  EXPECT_EQ(refused("1,000,000"), "'1,000,000' is not a number" + point + ". Write 1000000");
  EXPECT_EQ(refused("1.000.000"), "'1.000.000' is not a number" + point + ". Write 1000000");
  EXPECT_EQ(refused("1,000"),
            "'1,000' is not a number" + point + ". Write 1000, or 1.000 if the comma is the decimal sign");
  EXPECT_EQ(refused("1.2.3"), "'1.2.3' is not a number" + point);
}

TEST(Number, percent_and_fractions_are_refused_with_their_value) {
  EXPECT_EQ(refused("50%"), "'50%' is not a number (shares are written as fractions of 1). Write 0.5");
  EXPECT_EQ(refused("2.5 %"), "'2.5 %' is not a number (shares are written as fractions of 1). Write 0.025");
  EXPECT_EQ(refused("1/3"), "'1/3' is not a number (nothing is calculated). Write 0.3333333333333333");
  EXPECT_EQ(refused("1/0"), "'1/0' is not a number (nothing is calculated)");
  EXPECT_EQ(refused("%"), "'%' is not a number (shares are written as fractions of 1)");
}

TEST(Number, a_point_has_digits_on_both_sides) {
  EXPECT_EQ(refused(".5"), "'.5' is not a number (a point has digits on both sides). Write 0.5");
  EXPECT_EQ(refused("-.5"), "'-.5' is not a number (a point has digits on both sides). Write -0.5");
  EXPECT_EQ(refused("5."), "'5.' is not a number (a point has digits on both sides). Write 5");
  EXPECT_EQ(refused("5.e3"), "'5.e3' is not a number (a point has digits on both sides). Write 5e3");
  EXPECT_EQ(refused("."), "'.' is not a number");
}

TEST(Number, anything_else_is_refused) {
  EXPECT_EQ(refused(""), "a number is missing");
  EXPECT_EQ(refused(" "), "a number is missing");
  EXPECT_EQ(refused("abc"), "'abc' is not a number");
  EXPECT_EQ(refused("true"), "'true' is not a number");
  EXPECT_EQ(refused("0.1abc"), "'0.1abc' is not a number (something follows the number). Write 0.1");
  EXPECT_EQ(refused("10 min"), "'10 min' is not a number (something follows the number). Write 10");
  EXPECT_EQ(refused("1e"), "'1e' is not a number (something follows the number). Write 1");
  EXPECT_EQ(refused("\u22125"), "'\u22125' is not a number (the minus is not the one of the keyboard). Write -5");
  EXPECT_EQ(refused("\u0667"), "'\u0667' is not a number");  // an Arabic seven
  for (const char* text : {"--5", "+-5", "- 5", "e5", "-", "+", "1e5.5", "5 ", " 5", "5\n", "5e+", "\x1b"}) {
    EXPECT_NE(refused(text), "read") << text;
  }
}

TEST(Number, a_refused_text_is_shown_short_and_escaped) {
  EXPECT_EQ(refused("\x1b[31m"), "'\\x1b[31m' is not a number");
  EXPECT_EQ(refused(std::string(100, 'x')), "'" + std::string(60, 'x') + "...' is not a number");
}

TEST(WholeNumber, whole_values_are_read_however_written) {
  EXPECT_EQ(*read_whole_number("1000"), 1000);
  EXPECT_EQ(*read_whole_number("1e3"), 1000);
  EXPECT_EQ(*read_whole_number("1.0"), 1);
  EXPECT_EQ(*read_whole_number("-5"), -5);
  EXPECT_EQ(*read_whole_number("9007199254740992"), 9007199254740992);
}

TEST(WholeNumber, others_are_refused) {
  EXPECT_EQ(refusal(read_whole_number("1.5").refusal), "'1.5' is not a whole number");
  EXPECT_EQ(refusal(read_whole_number("1e16").refusal),
            "the number '1e16' is out of range (a whole number is at most 2^53 here)");
  EXPECT_EQ(refusal(read_whole_number("-1e300").refusal),
            "the number '-1e300' is out of range (a whole number is at most 2^53 here)");
  EXPECT_EQ(refusal(read_whole_number("0x10").refusal), "'0x10' is not a number (numbers are decimal). Write 16");
}

TEST(Shortest, people_read_it_and_read_number_reads_it_back) {
  EXPECT_EQ(shortest(0), "0");
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(20000), "20000");
  EXPECT_EQ(shortest(-2.5), "-2.5");
  EXPECT_EQ(shortest(1e6), "1000000");
  EXPECT_EQ(shortest(0.000001), "0.000001");
  EXPECT_EQ(shortest(0.0000001), "1e-07");
  EXPECT_EQ(shortest(1e15), "1e+15");
  EXPECT_EQ(shortest(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(shortest(1.0 / 3), "0.3333333333333333");
}

TEST(Shortest, comes_back_as_the_same_bits) {
  std::uint64_t state = 1;
  for (int i = 0; i < 20'000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    double value = 0;
    const std::uint64_t bits = state ^ (state >> 29);
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value) || value == 0) continue;
    ASSERT_EQ(*read_number(shortest(value)), value) << shortest(value);
  }
  for (const double value : {std::numeric_limits<double>::max(), std::numeric_limits<double>::min(),
                             std::numeric_limits<double>::denorm_min()}) {
    EXPECT_EQ(*read_number(shortest(value)), value);
    EXPECT_EQ(*read_number(shortest(-value)), -value);
  }
}

}  // namespace
}  // namespace sojourn::models
