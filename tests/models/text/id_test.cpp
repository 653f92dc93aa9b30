#include "models/text/id.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

TEST(Id, letters_digits_dash_and_underscore_after_a_letter) {
  for (const char* id : {"a", "mia", "no", "step-2", "give_up", "x9", "null", "a--b__"})
    EXPECT_TRUE(is_valid_id(id)) << id;
  for (const char* id : {"", "Mia", "2nd", "_a", "-a", "a b", "a.b", "\u00e4", "a\n", "a\u200b", "A", "z{"}) {
    EXPECT_FALSE(is_valid_id(id)) << id;
  }
  static_assert(is_valid_id("compile_time"));
}

TEST(Id, a_valid_one_near_a_bad_one) {
  EXPECT_EQ(suggest_id("Wish List"), "wish_list");
  EXPECT_EQ(suggest_id("Zo\u00eb's B\u00fcro"), "zoes_buero");
  EXPECT_EQ(suggest_id("\u00c4\u00d6\u00dc stra\u00dfe"), "aeoeue_strasse");
  EXPECT_EQ(suggest_id("\u0141\u00f3d\u017a"), "lodz");
  EXPECT_EQ(suggest_id("2nd desk"), "id_2nd_desk");
  EXPECT_EQ(suggest_id("check-in / bag  drop"), "check-in_bag_drop");
  EXPECT_EQ(suggest_id("__x__"), "x");
  EXPECT_EQ(suggest_id("a\u200bb"), "a_b");
  EXPECT_EQ(suggest_id("mia"), "mia");
  EXPECT_EQ(suggest_id("--x--"), "x");
}

TEST(Id, nothing_where_nothing_is_left) {
  for (const char* text : {"", "-", "_", "\u65e5\u672c", "?!", "\xff\xfe"}) EXPECT_EQ(suggest_id(text), "") << text;
}

TEST(Id, what_is_suggested_is_valid) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string text{static_cast<char>(a), static_cast<char>(b), 'x', static_cast<char>(b)};
      const std::string id = suggest_id(text);
      ASSERT_TRUE(id.empty() || is_valid_id(id)) << a << " " << b << " " << id;
    }
  }
  EXPECT_LE(suggest_id(std::string(1000, 'x')).size(), 66u);
}

}  // namespace
}  // namespace sojourn::models
