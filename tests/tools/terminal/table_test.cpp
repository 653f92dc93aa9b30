#include "tools/terminal/table.h"

#include "tools/terminal/text.h"

#include <gtest/gtest.h>

namespace sojourn::tools {
namespace {

std::vector<std::string> lines_of(const std::string& page) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  for (std::size_t end = page.find('\n'); end != std::string::npos; end = page.find('\n', start)) {
    lines.push_back(page.substr(start, end - start));
    start = end + 1;
  }
  EXPECT_EQ(start, page.size()) << "the last line is ended";
  return lines;
}

TEST(Table, columns_are_aligned) {
  Table table({{"Name", Align::left, 4}, {"NPS"}, {"", Align::left}});
  table.row({"Mia", "31", "x"});
  table.row({"Zoë", "-5", ""});
  EXPECT_EQ(table.text({}, 2),
            "  Name  NPS\n"
            "  Mia    31  x\n"
            "  Zoë    -5\n");
}

TEST(Table, titles_of_two_lines_stand_right_above_the_figures) {
  Table table({{"Where", Align::left}, {"Satis-\nfaction"}});
  table.row({"here", "7.1"});
  EXPECT_EQ(table.text({}),
            "        Satis-\n"
            "Where  faction\n"
            "here       7.1\n");
}

TEST(Table, fits_the_page_by_cutting_labels_never_numbers) {
  Table table({{"", Align::left, 10}, {"NPS"}, {"Change", Align::left}});
  table.row({std::string(200, 'x'), "31", "+4.2 (+3.9 to +4.5)"});
  table.row({"東京東京東京東京東京東京東京東京東京東京東京東京東京東京東京東京東京東京", "1,234,567", "+0.1"});
  for (const std::string& line : lines_of(table.text({}, 3))) {
    EXPECT_LE(width_of(line), 80u) << line;
  }
  EXPECT_NE(table.text({}).find("+4.2 (+3.9 to +4.5)"), std::string::npos);
  EXPECT_NE(table.text({}).find("1,234,567"), std::string::npos);
}

TEST(Table, a_label_keeps_its_least_width_on_a_page_that_is_too_narrow) {
  Look narrow;
  narrow.width = 10;
  Table table({{"", Align::left, 6}, {""}});
  table.row({"abcdefghij", "123456789"});
  EXPECT_EQ(table.text(narrow), "abcde…  123456789\n");
}

TEST(Table, a_label_may_take_two_lines_before_it_is_cut) {
  Look narrow;
  narrow.width = 18;
  Table table({{"", Align::left, 6, 2}, {""}});
  table.row({"one two three", "123"});
  table.row({"one two three four five six seven", "4"});
  table.row({"short", "5"});
  table.row({"abcdefghijklmnopqrstuvwxyz", "6"});
  EXPECT_EQ(table.text(narrow),
            "one two three  123\n"
            "one two three    4\n"
            "four five si…\n"
            "short            5\n"
            "abcdefghijklm    6\n"
            "nopqrstuvwxyz\n");
}

TEST(Table, hostile_text_cannot_steer_the_terminal) {
  Table table({{"", Align::left, 4}, {""}});
  table.row({"a\x1b[31m\n\r\x07\u202Eb\xff", "1"});
  const std::string page = table.text({});
  EXPECT_EQ(page, "a\\x1b[31m\\n\\r\\x07\\u202eb\\xff  1\n");
}

TEST(Table, colour_paints_the_text_alone) {
  Look colour;
  colour.colour = true;
  Table table({{"", Align::left, 4}, {""}, {"", Align::left}});
  table.row({"a", Cell("12", Tone::better), "end"});
  table.row({"b", "3456", "end"});
  EXPECT_EQ(table.text(colour),
            "a    \x1b[38;5;30m12\x1b[0m  end\n"
            "b  3456  end\n");
}

TEST(Table, a_section_is_a_line_of_its_own) {
  Table table({{"", Align::left, 4}, {""}});
  table.section("Christmas Eve");
  table.row({"eve", "1"});
  EXPECT_EQ(table.text({}, 2), "  Christmas Eve\n  eve  1\n");
}

}  // namespace
}  // namespace sojourn::tools
