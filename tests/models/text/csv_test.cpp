#include "models/text/csv.h"

#include <gtest/gtest.h>

#include <memory>

namespace sojourn::models {
namespace {

struct ReadTable {
  CsvTable table;
  Diagnostics found;
};

ReadTable read(const std::string& text) {
  ReadTable result;
  result.table = read_csv(std::make_shared<const SourceText>(SourceText{"t.csv", text}), result.found);
  return result;
}

std::vector<std::vector<std::string>> texts(const CsvTable& table) {
  std::vector<std::vector<std::string>> all;
  for (const auto& row : table.rows) {
    all.emplace_back();
    for (const CsvCell& cell : row) all.back().push_back(cell.text);
  }
  return all;
}

using Rows = std::vector<std::vector<std::string>>;

TEST(Csv, quotes_as_rfc_4180_has_them) {
  const ReadTable r = read("a,b\r\n\"x, \"\"y\"\"\r\nz\",2\r\n\"\",3");
  EXPECT_FALSE(r.found.has_errors()) << r.found.format();
  EXPECT_EQ(texts(r.table), (Rows{{"x, \"y\"\r\nz", "2"}, {"", "3"}}));
  EXPECT_EQ(r.table.rows[1][1].line, 4U) << "lines within quotes count";
  EXPECT_EQ(r.table.rows[1][1].column, 4U);
}

TEST(Csv, the_header_tells_the_delimiter) {
  EXPECT_EQ(texts(read("a;b\n7,5;2\n").table), (Rows{{"7,5", "2"}}));
  EXPECT_EQ(texts(read("a\tb\n7,5\t2;3\n").table), (Rows{{"7,5", "2;3"}}));
  EXPECT_EQ(texts(read("\"a;b\",c\n1,2\n").table), (Rows{{"1", "2"}})) << "a semicolon in quotes delimits nothing";
  EXPECT_EQ(texts(read("sep=;\r\na;b\r\n1;2\r\n").table), (Rows{{"1", "2"}}));
  EXPECT_EQ(texts(read("sep=|\na|b\n1|2\n").table), (Rows{{"1", "2"}}));
}

TEST(Csv, spaces_empty_lines_and_filled_up_rows_mean_nothing) {
  const ReadTable r = read("a , b\n\n 1 ,2\n,\n3,4,,\n   \n");
  EXPECT_FALSE(r.found.has_errors()) << r.found.format();
  EXPECT_EQ(texts(r.table), (Rows{{"1", "2"}, {"3", "4"}}));
  EXPECT_EQ(r.table.find("b"), 1U);
  EXPECT_EQ(r.table.find("c"), std::nullopt);
}

TEST(Csv, every_problem_with_its_place_in_one_go) {
  const ReadTable r = read("a,b,a\n1,2\n\"x\"y,2,3\nq\"r,2,3\nK\xc3\xb6ln \xff,2,3\n1,\x01,3\n\"open,2,3\n");
  const std::string text = r.found.format();
  for (const char* one :
       {"t.csv:1:5: error: two columns are called 'a'", "t.csv:2:1: error: this row has 2 cells and the header 3",
        "t.csv:3:4: error: text behind a closing quote", "t.csv:4:2: error: a quote in the middle of a cell",
        "t.csv:5:6: error: these bytes are not UTF-8", "t.csv:6:3: error: a control character",
        "t.csv:7:1: error: a quote is never closed"}) {
    EXPECT_NE(text.find(one), std::string::npos) << one << "\n" << text;
  }
}

TEST(Csv, a_decimal_comma_between_commas_is_explained) {
  const std::string text = read("a,b\n7,5,2\n").found.format();
  EXPECT_NE(text.find("use semicolons between cells"), std::string::npos) << text;
}

TEST(Csv, an_empty_table_is_wrong) {
  for (const char* text : {"", "\n\r\n", "sep=;\n"}) EXPECT_TRUE(read(text).found.has_errors()) << text;
}

TEST(Csv, any_cut_of_a_table_ends) {
  const std::string whole = "sep=;\r\n\"a\";b\r\n\"x\"\"y\r\n\";2,5\r\n\xf0\x9f\x8e\x84;3\r\n";
  for (std::size_t n = 0; n <= whole.size(); ++n) read(whole.substr(0, n));
}

TEST(Csv, decimal_signs_are_told_apart) {
  ReadTable comma = read("a;b\n7,5;1\n8;2\n");
  EXPECT_EQ(decimal_sign(comma.table, {0, 1}, comma.found), ',');
  EXPECT_EQ(*read_csv_number("7,5", ','), 7.5);
  EXPECT_EQ(*read_csv_number("-12", ','), -12);
  ReadTable point = read("a;b\n7.5;1\n");
  EXPECT_EQ(decimal_sign(point.table, {0, 1}, point.found), '.');
  ReadTable other = read("a;b\n7.5;7,5\n");
  EXPECT_EQ(decimal_sign(other.table, {0}, other.found), '.') << "only these columns are numbers";
  EXPECT_FALSE(other.found.has_errors());
  ReadTable both = read("a;b\n7.5;7,5\n");
  decimal_sign(both.table, {0, 1}, both.found);
  EXPECT_NE(
      both.found.format().find("t.csv:2:5: error: '7,5' has a decimal comma, and '7.5' in line 2 a decimal point"),
      std::string::npos)
      << both.found.format();
}

TEST(Csv, separators_between_thousands_are_refused) {
  EXPECT_FALSE(read_csv_number("1.234,5", ','));
  EXPECT_FALSE(read_csv_number("1,234,5", ','));
  EXPECT_FALSE(read_csv_number("1,234.5", '.'));
  EXPECT_FALSE(read_csv_number("1,5x", ','));
}

}  // namespace
}  // namespace sojourn::models
