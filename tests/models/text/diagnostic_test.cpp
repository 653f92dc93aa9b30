#include "models/text/diagnostic.h"

#include <gtest/gtest.h>

#include <memory>

namespace sojourn::models {
namespace {

Source source_of(const std::string& text, const std::string& name = "shop.yaml") {
  return std::make_shared<const SourceText>(SourceText{name, text});
}

Diagnostic error_at(const Mark& mark, const std::string& what, const std::string& why = "",
                    const std::string& suggestion = "") {
  Diagnostic diagnostic;
  diagnostic.mark = mark;
  diagnostic.what = what;
  diagnostic.why = why;
  diagnostic.suggestion = suggestion;
  return diagnostic;
}

/// An error `what` at a place of a text, formatted.
std::string shown(const std::string& text, std::size_t line, std::size_t column, std::size_t length = 1) {
  return format(error_at({source_of(text), line, column, length}, "what"));
}

/// The line and the caret of `shown`.
std::string excerpt(const std::string& text, std::size_t line, std::size_t column, std::size_t length = 1) {
  const std::string all = shown(text, line, column, length);
  return all.substr(all.find('\n') + 1);
}

TEST(Diagnostic, what_why_and_suggestion_with_line_and_caret) {
  const Diagnostic diagnostic =
      error_at({source_of("personas:\n  mia:\n    shaer: 0.55\n"), 3, 5, 5}, "unknown key 'shaer' in persona 'mia'",
               "a key that is not read would be silently lost", "Did you mean 'share'?");
  EXPECT_EQ(
      format(diagnostic),
      "shop.yaml:3:5: error: unknown key 'shaer' in persona 'mia' (a key that is not read would be silently lost). "
      "Did you mean 'share'?\n"
      " 3 |     shaer: 0.55\n"
      "   |     ^~~~~\n");
}

TEST(Diagnostic, empty_parts_leave_no_trace) {
  EXPECT_EQ(shown("a: 1\n", 1, 4), "shop.yaml:1:4: error: what\n 1 | a: 1\n   |    ^\n");
  Diagnostic warning = error_at({source_of("a"), 1, 1, 1}, "what", "", "Do");
  warning.severity = Diagnostic::Severity::warning;
  EXPECT_EQ(format(warning), "shop.yaml:1:1: warning: what. Do\n 1 | a\n   | ^\n");
}

TEST(Diagnostic, the_file_as_a_whole_has_no_excerpt) {
  EXPECT_EQ(shown("a: 1\n", 0, 0), "shop.yaml: error: what\n");
  EXPECT_EQ(format(error_at({}, "what", "why")), "error: what (why)\n");
}

TEST(Diagnostic, the_caret_counts_code_points_and_terminal_columns) {
  EXPECT_EQ(excerpt("\u00e4\u00f6: \u00fc!\n", 1, 5, 2), " 1 | \u00e4\u00f6: \u00fc!\n   |     ^~\n");
  EXPECT_EQ(excerpt("\u65e5\u672c: x\n", 1, 5), " 1 | \u65e5\u672c: x\n   |       ^\n");  // wide: two columns each
  EXPECT_EQ(excerpt("\u65e5\u672c: x\n", 1, 1, 2), " 1 | \u65e5\u672c: x\n   | ^~~~\n");
  EXPECT_EQ(excerpt("e\u0301: x\n", 1, 5), " 1 | e\u0301: x\n   |    ^\n");  // combining: none
}

TEST(Diagnostic, tabs_are_four_columns) {
  EXPECT_EQ(excerpt("\ta:\tb\n", 1, 5), " 1 |     a:    b\n   |           ^\n");
  EXPECT_EQ(excerpt("\ta\n", 1, 1), " 1 |     a\n   | ^~~~\n");
}

TEST(Diagnostic, what_steers_a_terminal_is_escaped_and_the_caret_stays_aligned) {
  EXPECT_EQ(excerpt("a\x1b[31m: b\n", 1, 9), " 1 | a\\x1b[31m: b\n   |            ^\n");
  EXPECT_EQ(excerpt("a\u202eb: c\n", 1, 2), " 1 | a\\u202eb: c\n   |  ^~~~~~\n");
  EXPECT_EQ(excerpt("a\xff: c\n", 1, 5), " 1 | a\\xff: c\n   |        ^\n");
  const Diagnostic diagnostic =
      error_at({source_of("", "a\x1b[2J.yaml"), 0, 0, 1}, "key '\x07'", "\u2066", "Did you mean '\n'?");
  EXPECT_EQ(format(diagnostic), "a\\x1b[2J.yaml: error: key '\\x07' (\\u2066). Did you mean '\\n'?\n");
}

TEST(Diagnostic, places_at_and_beyond_the_end) {
  EXPECT_EQ(excerpt("a: 1\nb:\n", 2, 3), " 2 | b:\n   |   ^\n");
  EXPECT_EQ(excerpt("a: 1\n", 2, 1), " 2 |\n   | ^\n");
  EXPECT_EQ(excerpt("a: 1", 7, 3), " 7 |\n   | ^\n");
  EXPECT_EQ(excerpt("a: b\r\nc\r\n", 1, 4, 9), " 1 | a: b\n   |    ^\n");  // no more than the line has
}

TEST(Diagnostic, long_lines_are_cut_around_the_caret) {
  const auto numbers = [](int from, int to) {
    std::string text;
    for (int i = from; i < to; ++i) text += std::to_string(100 + i) + " ";
    return text;
  };
  const std::string line = numbers(0, 100);
  const std::string start = excerpt(line, 1, 5, 3);
  EXPECT_EQ(start, " 1 | " + line.substr(0, 89) + "...\n   |     ^~~\n");
  const std::string middle = excerpt(line, 1, 201, 3);  // "150"
  EXPECT_EQ(middle, " 1 | ..." + line.substr(141, 89) + "...\n   |    " + std::string(59, ' ') + "^~~\n");
  EXPECT_EQ(line.substr(200, 3), "150");
  const std::string end = excerpt(line, 1, 397, 3);
  EXPECT_EQ(end, " 1 | ..." + line.substr(337, 62) + "\n   |    " + std::string(59, ' ') + "^~~\n");
  EXPECT_LE(middle.find('\n'), 100u);
}

TEST(Diagnostic, a_cut_line_of_wide_and_escaped_characters_fits_too) {
  std::string line;
  for (int i = 0; i < 300; ++i) line += i % 3 == 0 ? "\u65e5" : i % 3 == 1 ? "\u202e" : "x";
  for (std::size_t column = 1; column <= 300; column += 7) {
    const std::string text = excerpt(line, 1, column);
    const std::string caret = text.substr(text.find('\n') + 1);
    EXPECT_LE(caret.size(), 101u) << column;
    EXPECT_NE(caret.find('^'), std::string::npos) << column;
  }
}

TEST(Diagnostic, a_line_of_a_million_marks_costs_little) {
  std::string line;
  for (int i = 0; i < 500'000; ++i) line += "\u0301";
  for (int i = 0; i < 50; ++i) EXPECT_LT(excerpt(line, 1, 499'000).size(), 2000u);
}

TEST(Diagnostics, errors_and_warnings_are_counted_and_kept_in_the_order_found) {
  Diagnostics diagnostics;
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.warning({}, "w");
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_NO_THROW(diagnostics.refuse_if_errors());
  diagnostics.error({}, "e", "why", "Do");
  EXPECT_EQ(diagnostics.error_count(), 1u);
  ASSERT_EQ(diagnostics.list().size(), 2u);
  EXPECT_EQ(diagnostics.list()[0].what, "w");
  EXPECT_EQ(diagnostics.list()[1].suggestion, "Do");
  EXPECT_THROW(diagnostics.refuse_if_errors(), InputError);
}

TEST(Diagnostics, are_shown_by_file_line_and_column) {
  const Source one = source_of("a\nb\n", "one.yaml"), two = source_of("c\n", "two.yaml");
  Diagnostics diagnostics;
  diagnostics.error({two, 1, 1, 1}, "third in two");
  diagnostics.error({one, 2, 1, 1}, "line 2");
  diagnostics.error({one, 1, 9, 1}, "column 9");
  diagnostics.error({one, 1, 2, 1}, "column 2");
  diagnostics.error({one, 1, 2, 1}, "column 2 again");
  diagnostics.error({one, 0, 0, 1}, "whole");
  std::vector<std::string> order;
  const std::string text = diagnostics.format();
  for (std::size_t at = text.find("error: "); at != std::string::npos; at = text.find("error: ", at + 1)) {
    order.push_back(text.substr(at + 7, text.find('\n', at) - at - 7));
  }
  EXPECT_EQ(order,
            (std::vector<std::string>{"third in two", "whole", "column 2", "column 2 again", "column 9", "line 2"}));
}

TEST(Diagnostics, fifty_are_shown_and_the_rest_counted) {
  const Source source = source_of("a\n");
  Diagnostics diagnostics;
  for (std::size_t i = 1; i <= 50; ++i) diagnostics.error({source, 0, 0, 1}, "problem");
  EXPECT_EQ(diagnostics.format().find("more problem"), std::string::npos);
  diagnostics.error({source, 0, 0, 1}, "problem");
  EXPECT_TRUE(diagnostics.format().ends_with("shop.yaml: error: problem\nand 1 more problem\n"));
  for (std::size_t i = 52; i <= 173; ++i) diagnostics.error({source, 0, 0, 1}, "problem");
  EXPECT_TRUE(diagnostics.format().ends_with("shop.yaml: error: problem\nand 123 more problems\n"));
  EXPECT_TRUE(diagnostics.format(3).ends_with("and 170 more problems\n"));
}

TEST(Diagnostics, a_thousand_are_kept_and_all_are_counted) {
  Diagnostics diagnostics;
  for (std::size_t i = 0; i < 1234; ++i) diagnostics.error({}, "problem " + std::to_string(i));
  EXPECT_EQ(diagnostics.list().size(), 1000u);
  EXPECT_EQ(diagnostics.error_count(), 1234u);
  EXPECT_TRUE(diagnostics.full());
  EXPECT_TRUE(diagnostics.format().ends_with("error: problem 49\nand 1184 more problems\n"));
}

TEST(Diagnostics, an_error_is_not_pushed_out_by_warnings) {
  const Source source = source_of("a\n");
  Diagnostics diagnostics;
  for (std::size_t i = 1; i <= 60; ++i) diagnostics.warning({source, 1, i, 1}, "doubt");
  diagnostics.error({source, 2, 1, 1}, "the error");
  const std::string text = diagnostics.format();
  EXPECT_NE(text.find("shop.yaml:2:1: error: the error"), std::string::npos);
  EXPECT_NE(text.find("shop.yaml:1:49: warning"), std::string::npos);
  EXPECT_EQ(text.find("shop.yaml:1:50: warning"), std::string::npos);
  EXPECT_TRUE(text.ends_with("and 11 more problems\n"));
}

TEST(Diagnostics, an_input_error_says_them_all) {
  Diagnostics diagnostics;
  diagnostics.error({source_of("a\n"), 1, 1, 1}, "one");
  try {
    diagnostics.refuse_if_errors();
    FAIL() << "nothing thrown";
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "shop.yaml:1:1: error: one\n 1 | a\n   | ^\n");
    EXPECT_EQ(error.diagnostics().error_count(), 1u);
  }
}

}  // namespace
}  // namespace sojourn::models
