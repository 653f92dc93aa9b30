#include "models/text/utf8.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

TEST(Utf8, every_code_point_comes_back) {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value >= 0xD800 && value <= 0xDFFF) continue;
    std::string text;
    encode(value, text);
    const CodePoint point = decode(text, 0);
    ASSERT_TRUE(point.valid && point.value == value && point.length == text.size()) << static_cast<unsigned>(value);
  }
}

TEST(Utf8, what_no_code_point_encodes_to_is_not_valid) {
  // All sequences of up to three bytes, and of four with every lead and second byte: valid exactly where encoding the
  // decoded value gives the bytes back.
  const auto check = [](const std::string& text) {
    const CodePoint point = decode(text, 0);
    std::string again;
    if (point.valid) encode(point.value, again);
    ASSERT_TRUE(!point.valid || text.substr(0, point.length) == again);
    ASSERT_TRUE(point.valid || (point.length == 1 && point.value == static_cast<unsigned char>(text[0])));
  };
  for (int a = 0; a < 256; ++a) {
    check({static_cast<char>(a)});
    for (int b = 0; b < 256; ++b) {
      check({static_cast<char>(a), static_cast<char>(b)});
      check({static_cast<char>(a), static_cast<char>(b), '\x80', '\x80'});
      check({static_cast<char>(a), static_cast<char>(b), '\xbf', '\x7f'});
    }
  }
}

TEST(Utf8, overlong_surrogate_cut_and_stray_bytes) {
  for (const char* text :
       {"\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xe0\x9f\xbf", "\xf0\x80\x80\xaf", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80",
        "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\x80", "\xbf", "\xe2\x82", "\xf0\x9f\x98"}) {
    EXPECT_FALSE(decode(text, 0).valid) << printable(text);
  }
  EXPECT_EQ(decode("\xf4\x8f\xbf\xbf", 0).value, 0x10FFFFu);
  EXPECT_EQ(decode("\xee\x80\x80", 0).value, 0xE000u);
}

TEST(Utf8, code_points_are_counted_and_wrong_bytes_each) {
  EXPECT_EQ(count_code_points(""), 0u);
  EXPECT_EQ(count_code_points("a\u00e9\u65e5\U0001F600"), 4u);
  EXPECT_EQ(count_code_points("\xe2\x82"), 2u);
}

TEST(Utf8, controls_and_invisible_characters_are_shown_as_escapes) {
  EXPECT_EQ(printable("a\tb\nc\rd"), "a\\tb\\nc\\rd");
  EXPECT_EQ(printable(std::string_view("\0\x1b\x7f\u0085", 5)), "\\x00\\x1b\\x7f\\x85");
  EXPECT_EQ(printable("\u200b\u200e\u202e\u2028\u2066\ufeff\u00ad\ufe0f"),
            "\\u200b\\u200e\\u202e\\u2028\\u2066\\ufeff\\u00ad\\ufe0f");
  EXPECT_EQ(printable("\U000E0041"), "\\U000e0041");
  EXPECT_EQ(printable("\xc3("), "\\xc3(");
  EXPECT_EQ(printable("Zo\u00eb \u65e5 \U0001F600"), "Zo\u00eb \u65e5 \U0001F600");
}

TEST(Utf8, widths_on_a_terminal) {
  EXPECT_EQ(display_width('a'), 1u);
  EXPECT_EQ(display_width(0x00E9), 1u);
  EXPECT_EQ(display_width(0x0301), 0u);
  EXPECT_EQ(display_width(0x65E5), 2u);
  EXPECT_EQ(display_width(0xAC00), 2u);
  EXPECT_EQ(display_width(0xFF21), 2u);
  EXPECT_EQ(display_width(0x1F600), 2u);
  EXPECT_EQ(display_width(0x0416), 1u);
}

TEST(Utf8, quoted_is_cut_after_60_code_points) {
  EXPECT_EQ(models::quoted("a'b"), "'a'b'");
  EXPECT_EQ(models::quoted("\x1b"), "'\\x1b'");
  std::string text;
  for (int i = 0; i < 60; ++i) text += "\u00e9";
  EXPECT_EQ(models::quoted(text), "'" + text + "'");
  EXPECT_EQ(models::quoted(text + "x"), "'" + text + "...'");
}

}  // namespace
}  // namespace sojourn::models
