#include "tools/output/csv_text.h"

#include "engine/base/contract.h"

#include <gtest/gtest.h>

#include <limits>

namespace sojourn::tools {
namespace {

TEST(CsvCell, is_quoted_only_where_it_must_be) {
  EXPECT_EQ(csv_cell("plain text"), "plain text");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"hi\""), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_cell(""), "");
}

TEST(CsvCell, no_spreadsheet_takes_it_for_a_formula) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("+49 89"), "'+49 89");
  EXPECT_EQ(csv_cell("-x"), "'-x");
  EXPECT_EQ(csv_cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_cell("\t=1"), "'\t=1");
  EXPECT_EQ(csv_cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
}

TEST(CsvText, numbers_are_shortest_and_what_does_not_exist_is_empty) {
  CsvText csv({"name", "a", "b", "c"});
  csv.cell("x").number(-0.1).number(std::numeric_limits<double>::quiet_NaN()).number(-0.0).end_row();
  csv.cell("y").number(1e-7).number(100000).number(std::numeric_limits<double>::infinity()).end_row();
  EXPECT_EQ(csv.text(), "name,a,b,c\nx,-0.1,,0\ny,1e-07,100000,\n");
}

TEST(CsvText, a_row_is_as_long_as_the_header) {
  CsvText csv({"a", "b"});
  csv.cell("x");
  EXPECT_THROW(csv.end_row(), engine::ContractViolation);
}

}  // namespace
}  // namespace sojourn::tools
