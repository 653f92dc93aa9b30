#include "tools/terminal/text.h"

#include <gtest/gtest.h>

namespace sojourn::tools {
namespace {

TEST(Text, is_measured_in_columns) {
  EXPECT_EQ(width_of("Zoë"), 3u);
  EXPECT_EQ(width_of("e\u0301"), 1u);  // a combining accent
  EXPECT_EQ(width_of("東京"), 4u);
  EXPECT_EQ(width_of(""), 0u);
}

TEST(Text, is_cut_by_columns_not_bytes) {
  EXPECT_EQ(cut("Weihnachten", 20, "…"), "Weihnachten");
  EXPECT_EQ(cut("Weihnachten", 11, "…"), "Weihnachten");
  EXPECT_EQ(cut("Weihnachten", 5, "…"), "Weih…");
  EXPECT_EQ(cut("東京タワー", 6, "…"), "東京…");  // 5 columns: a wide character does not fit half
  EXPECT_EQ(cut("Wait for it", 9, "..."), "Wait f...");
  EXPECT_EQ(cut("Wait for it", 6, "…"), "Wait…");  // no space before the dots
  EXPECT_EQ(cut("abc", 0, "…"), "");
  EXPECT_EQ(cut("abcdef", 2, "..."), "..");
}

TEST(Text, is_wrapped_at_spaces) {
  EXPECT_EQ(wrap("one two three", 8), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap("", 8), (std::vector<std::string>{""}));
  EXPECT_EQ(wrap("abcdefghij kl", 4), (std::vector<std::string>{"abcd", "efgh", "ij", "kl"}));
  EXPECT_EQ(wrap("東京東京", 3), (std::vector<std::string>{"東", "京", "東", "京"}));
  EXPECT_EQ(wrap("東京", 1), (std::vector<std::string>{"東", "京"}));  // wider than the page: alone on its line
}

TEST(Text, is_quoted_for_a_shell) {
  EXPECT_EQ(shell_word("scenarios/a-b_c.yaml"), "scenarios/a-b_c.yaml");
  EXPECT_EQ(shell_word("my file"), "'my file'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("$(rm)"), "'$(rm)'");
}

}  // namespace
}  // namespace sojourn::tools
