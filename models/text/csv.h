#pragma once
// Tables as spreadsheets and databases write them, whole and in memory; models/text/csv_reader.h has the rows.

#include "models/text/csv_reader.h"
#include "models/text/diagnostic.h"
#include "models/text/reading.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

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
