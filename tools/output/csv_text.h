#pragma once
// One CSV file as RFC 4180 has it, but with line feeds: a header line, then rows, every row as long as the header.

#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools {

/// A text as a cell: quoted where it must be, and with an apostrophe before what a spreadsheet would take for a formula
/// (a first character of = + - @, tab or return).
std::string csv_cell(std::string_view text);

class CsvText {
 public:
  explicit CsvText(std::vector<std::string> header);

  // The cells of a row, in the header's order.
  CsvText& cell(std::string_view text);
  /// Shortest decimal form; empty for what does not exist.
  CsvText& number(double value);
  void end_row();

  const std::string& text() const { return text_; }

 private:
  CsvText& put(std::string_view written);
  std::size_t columns_;
  std::size_t at_ = 0;
  std::string text_;
};

}  // namespace sojourn::tools
