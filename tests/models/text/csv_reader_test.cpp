#include "models/text/csv_reader.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sojourn::models {
namespace {

/// A reader that gets the text in pieces of `piece` bytes.
CsvReader in_pieces(const std::string& text, std::size_t piece) {
  return CsvReader([&text, piece, at = std::size_t{0}](char* to, std::size_t room) mutable {
    const std::size_t count = std::min({piece, room, text.size() - at});
    std::copy_n(text.data() + at, count, to);
    at += count;
    return count;
  });
}

std::string told(CsvReader reader) {
  std::string text;
  CsvRecord record;
  while (reader.next(record)) {
    for (const CsvCell& cell : record.cells) {
      text += std::to_string(cell.line) + ":" + std::to_string(cell.column) + "+" + std::to_string(cell.length) + "[" +
              cell.text + "]";
    }
    for (const CsvProblem& problem : record.problems) {
      text += "!" + std::to_string(problem.line) + ":" + std::to_string(problem.column) + problem.refusal.what;
    }
    text += "\n";
  }
  return text;
}

TEST(CsvReader, pieces_make_no_difference) {
  const std::string text =
      "\xEF\xBB\xBFsep=;\r\n\"a\";b\r\n\"x\"\"y\r\nz\";2,5\r\n\xf0\x9f\x8e\x84 ; 3 \r\n;\r\nq\"r;\xff\r\n\"open;1";
  const std::string whole = told(CsvReader(text));
  EXPECT_NE(whole.find("3:1+9[x\"y\r\nz]4:4+3[2,5]"), std::string::npos) << whole;
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 1000U}) EXPECT_EQ(told(in_pieces(text, piece)), whole) << piece;
}

TEST(CsvReader, a_long_table_is_read_whole) {
  std::string text = "number,text\n";
  for (int i = 0; i < 400'000; ++i) text += std::to_string(i) + ",\"some \"\"words\"\" here\"\n";
  ASSERT_GT(text.size(), std::size_t{2} * (4U << 20)) << "more than the buffer holds";
  CsvReader reader = in_pieces(text, 1U << 16);
  CsvRecord record;
  ASSERT_TRUE(reader.next(record));
  for (int i = 0; i < 400'000; ++i) {
    ASSERT_TRUE(reader.next(record));
    ASSERT_EQ(record.cells.size(), 2U);
    ASSERT_EQ(record.cells[0].text, std::to_string(i));
    ASSERT_EQ(record.cells[1].text, "some \"words\" here");
    ASSERT_EQ(record.line(), static_cast<std::size_t>(i) + 2);
  }
  EXPECT_FALSE(reader.next(record));
}

TEST(CsvReader, a_quote_that_swallows_the_rest_is_found) {
  std::string text = "a,b\n1,\"open\n";
  text.append(std::size_t{8} << 20, 'x');
  CsvReader reader = in_pieces(text, 1U << 16);
  CsvRecord record;
  ASSERT_TRUE(reader.next(record));
  ASSERT_TRUE(reader.next(record));
  ASSERT_EQ(record.problems.size(), 1U);
  EXPECT_EQ(record.problems[0].refusal.what, "a row is longer than 1 MB");
  EXPECT_EQ(record.problems[0].line, 2U);
  EXPECT_FALSE(reader.next(record));
}

}  // namespace
}  // namespace sojourn::models
