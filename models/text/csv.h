#pragma once
// Tables as spreadsheets and databases write them: RFC 4180, and what is found beside it (semicolons or tabs, decimal commas,
// CRLF, a byte order mark, Excel's "sep=;").

#include "models/text/diagnostic.h"
#include "models/text/reading.h"

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

struct CsvTable {
  Source source;
  char delimiter = ',';                    // or ; or a tab
  std::vector<CsvCell> header;             // column names, unique
  std::vector<std::vector<CsvCell>> rows;  // each as long as the header; lines without any text are left out

  Mark mark(const CsvCell& cell) const { return {source, cell.line, cell.column, cell.length}; }
  /// The column of that name.
  std::optional<std::size_t> find(std::string_view name) const;
};

/// The delimiter is what stands in the header: a tab, else a semicolon, else a comma. All that is wrong with the file's form
/// goes to the diagnostics; what could be read is in the table.
CsvTable read_csv(Source source, Diagnostics& diagnostics);

/// Whether numbers have a point or a comma, as the cells of the given columns show; a file with both is wrong. A comma can be
/// told from a delimiter only where the delimiter is another, or in quotes.
char decimal_sign(const CsvTable& table, const std::vector<std::size_t>& columns, Diagnostics& diagnostics);

/// A number as models/text/number.h has it, with that decimal sign.
Reading<double> read_csv_number(std::string_view text, char sign);

}  // namespace sojourn::models
