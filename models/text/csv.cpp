#include "models/text/csv.h"

#include "models/text/number.h"
#include "models/text/utf8.h"

#include <map>

namespace sojourn::models {
namespace {

void refuse_equal_names(const CsvTable& table, Diagnostics& diagnostics) {
  std::map<std::string_view, const CsvCell*> seen;
  for (const CsvCell& cell : table.header) {
    if (cell.text.empty()) continue;  // a column without a name is nobody's
    if (!seen.emplace(cell.text, &cell).second) {
      diagnostics.error(table.mark(cell), "two columns are called " + quoted(cell.text),
                        "nobody can tell which is meant");
    }
  }
}

bool is_number_with(std::string_view text, char sign) {
  return text.find(sign) != std::string_view::npos && read_csv_number(text, sign);
}

}  // namespace

std::optional<std::size_t> CsvTable::find(std::string_view name) const {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i].text == name) return i;
  }
  return std::nullopt;
}

CsvTable read_csv(Source source, Diagnostics& diagnostics) {
  CsvTable table;
  table.source = std::move(source);
  CsvReader reader(table.source->text);
  table.delimiter = reader.delimiter();
  if (const auto& foreign = reader.foreign()) {
    diagnostics.error({table.source, 0, 0, 1}, foreign->what, foreign->why, foreign->suggestion);
    diagnostics.refuse_if_errors();
  }
  CsvRecord record;
  while (!diagnostics.full() && reader.next(record)) {
    const bool is_header = table.header.empty();
    const bool fitting = is_header || fits(record, table.header.size(), table.delimiter);
    for (CsvProblem& problem : record.problems) {
      diagnostics.error({table.source, problem.line, problem.column, problem.length}, std::move(problem.refusal.what),
                        std::move(problem.refusal.why), std::move(problem.refusal.suggestion));
    }
    if (fitting) (is_header ? table.header : table.rows.emplace_back()) = std::move(record.cells);
  }
  if (table.header.empty()) {
    diagnostics.error({table.source, 0, 0, 1}, "the table is empty", "", "Its first line names the columns");
  }
  refuse_equal_names(table, diagnostics);
  return table;
}

char decimal_sign(const CsvTable& table, const std::vector<std::size_t>& columns, Diagnostics& diagnostics) {
  const CsvCell* point = nullptr;
  for (const auto& row : table.rows) {
    for (const std::size_t column : columns) {
      if (!point && is_number_with(row[column].text, '.')) point = &row[column];
    }
  }
  const CsvCell* comma = nullptr;
  for (const auto& row : table.rows) {
    for (const std::size_t column : columns) {
      if (comma || !is_number_with(row[column].text, ',')) continue;
      comma = &row[column];
      if (point) {
        diagnostics.error(table.mark(*comma),
                          quoted(comma->text) + " has a decimal comma, and " + quoted(point->text) + " in line " +
                              std::to_string(point->line) + " a decimal point",
                          "one of them would be read wrongly", "Use one of the two in the whole table");
      }
    }
  }
  return comma && !point ? ',' : '.';
}

Reading<double> read_csv_number(std::string_view text, char sign) {
  if (sign != ',') return read_number(text);
  if (text.find('.') != std::string_view::npos) {
    return Refusal{quoted(text) + " is not a number", "this table has decimal commas",
                   "Write it without separators between thousands"};
  }
  std::string with_point(text);
  if (const auto at = with_point.find(','); at != std::string::npos) with_point[at] = '.';
  Reading<double> number = read_number(with_point);
  if (!number) return Refusal{quoted(text) + " is not a number", "", "Write it as 7,25"};
  return number;
}

}  // namespace sojourn::models
