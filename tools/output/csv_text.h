#pragma once
// One tidy table, and the CSV file that it makes: as RFC 4180 has it, but with line feeds; a header line, then rows, every row
// as long as the header.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
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
  /// In CSV the shortest decimal form; empty for what does not exist.
  CsvText& number(double value);
  CsvText& whole(std::int64_t value);
  void end_row();

  /// The table as CSV.
  std::string text() const;

  const std::vector<std::string>& header() const { return header_; }
  using Cell = std::variant<std::string, double, std::int64_t>;
  /// Row by row, a header's length each; numbers may be NaN.
  const std::vector<Cell>& cells() const { return cells_; }

 private:
  std::vector<std::string> header_;
  std::vector<Cell> cells_;
};

}  // namespace sojourn::tools
