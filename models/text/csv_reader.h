#pragma once
// A table row by row, however long it is: RFC 4180, and what is found beside it (semicolons, tabs or bars, CRLF, a byte order mark,
// Excel's "sep=;").

#include "models/text/reading.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

struct CsvCell {
  std::string text;  // without its quotes; outside quotes without the spaces around it
  std::size_t line = 0;
  std::size_t column = 0;  // code points, from 1, of the cell's first
  std::size_t length = 1;  // code points to underline
};

/// What is wrong with the form of a row, and where.
struct CsvProblem {
  std::size_t line = 0;
  std::size_t column = 0;
  std::size_t length = 1;
  Refusal refusal;
};

struct CsvRecord {
  std::vector<CsvCell> cells;
  std::vector<CsvProblem> problems;  // in the order of the text; the cells are what could be read

  std::size_t line() const { return cells.empty() ? 0 : cells.front().line; }
};

/// Needs memory for one row (1 MB at most), not for the table.
class CsvReader {
 public:
  /// Fills at most `room` bytes and says how many; 0 at the end.
  using Refill = std::function<std::size_t(char* to, std::size_t room)>;

  /// The text must outlive the reader.
  explicit CsvReader(std::string_view whole);
  explicit CsvReader(Refill refill);

  /// The next row that has any text in it; false at the end. Behind a row that is longer than 1 MB there is no more.
  bool next(CsvRecord& record);
  /// That this is no table at all, but UTF-16, an archive or a page: the only thing to say of it.
  const std::optional<Refusal>& foreign() const { return foreign_; }
  /// What stands in the first line: a tab, else a semicolon, else a comma, else a bar; or what "sep=" says.
  char delimiter() const { return delimiter_; }

 private:
  void begin();
  void refill();
  void step();
  void skip_line();
  bool at_line_end() const;
  bool at_cell_end() const { return at_line_end() || text_[at_] == delimiter_; }
  void complain(Refusal refusal);
  CsvCell& fresh_cell();
  void quoted_cell(CsvCell& cell);
  void plain_cell(CsvCell& cell);
  void record();

  Refill refill_;
  std::string buffer_;     // with a refill: the part of the text that `text_` shows
  std::string_view text_;  // from some point on
  bool ended_ = true;      // nothing comes behind `text_`
  char delimiter_ = ',';
  std::optional<Refusal> foreign_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
  std::size_t points_ = 0;      // code points passed
  std::size_t complained_ = 0;  // line
  CsvRecord* record_ = nullptr;
  std::size_t cells_ = 0;  // of the record in hand
};

/// Whether the row has as many cells as the header; spreadsheets fill short rows up or cut off what is empty, which is put
/// right.
bool fits(CsvRecord& record, std::size_t columns, char delimiter);

}  // namespace sojourn::models
