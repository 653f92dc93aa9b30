#include "tools/arguments/numbers.h"

#include <gtest/gtest.h>

#include <string>

namespace sojourn::tools {
namespace {

constexpr std::uint64_t agent_limit = std::uint64_t{1} << 40;

std::uint64_t count(const std::string& text) {
  const auto number = read_count(text, {});
  EXPECT_TRUE(number) << text << ": " << number.refusal.what;
  return number ? *number : 0;
}

std::string refused(const std::string& text, CountRange range = {1, agent_limit}) {
  const auto number = read_count(text, range);
  EXPECT_FALSE(number) << text;
  return number.refusal.what + ". " + number.refusal.suggestion;
}

TEST(Count, is_read_in_every_documented_form) {
  for (const char* million : {"1000000", "1_000_000", "1e6", "1E6", "1e+6", "1M", "1000k", "1.0e6", "0.001G", "10e5"}) {
    EXPECT_EQ(count(million), 1'000'000u) << million;
  }
  EXPECT_EQ(count("2.5k"), 2500u);
  EXPECT_EQ(count("0"), 0u);
  EXPECT_EQ(count("0.000"), 0u);
  EXPECT_EQ(count("007"), 7u);
}

TEST(Count, is_exact_up_to_the_largest) {
  EXPECT_EQ(count("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(count("9007199254740993"), 9007199254740993u);  // 2^53 + 1 is no double
}

TEST(Count, refuses_what_is_no_whole_number) {
  for (const char* text : {"", "1e9x", "x", "1 000", "1,000", "1m", "0x10", "1__0", "_1", "1_", "1e", "1.", ".5",
                           "1e6M", "inf", "nan", "1e2000", "+5", "1.5.5"}) {
    EXPECT_NE(refused(text).find("is not a whole number"), std::string::npos) << text;
  }
  EXPECT_NE(refused("1.5").find("'1.5' is not a whole number"), std::string::npos);
  EXPECT_NE(refused("1e-1").find("is not a whole number"), std::string::npos);
}

TEST(Count, names_the_range_that_it_leaves) {
  for (const char* text : {"0", "-1", "1099511627777", "18446744073709551616", "1e300", "-0.5e1"}) {
    EXPECT_EQ(refused(text), "'" + std::string(text) + "' is out of range. It takes 1 to 1,099,511,627,776 (2^40)");
  }
}

TEST(Amount, is_a_decimal_number_in_its_range) {
  EXPECT_EQ(*read_amount("0.5", {0, 100, true}), 0.5);
  EXPECT_EQ(*read_amount("0", {0, 100, false}), 0);
  EXPECT_FALSE(read_amount("0", {0, 100, true}));
  EXPECT_FALSE(read_amount("0,5", {0, 100, true}));
  EXPECT_FALSE(read_amount("nan", {0, 100, true}));
  EXPECT_EQ(read_amount("101", {0, 100, true}).refusal.suggestion, "It takes a number above 0 and up to 100");
}

}  // namespace
}  // namespace sojourn::tools
