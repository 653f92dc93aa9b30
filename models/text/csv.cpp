#include "models/text/csv.h"

#include "models/text/number.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <map>

namespace sojourn::models {
namespace {

constexpr std::size_t longest_underline = 60;  // code points

/// "sep=;" in the first line tells Excel the delimiter.
std::optional<char> announced(std::string_view text) {
  if (!text.starts_with("sep=") || text.size() < 5) return std::nullopt;
  const std::string_view rest = text.substr(5, 2);
  if (!rest.empty() && rest.front() != '\n' && rest != "\r\n") return std::nullopt;
  return text[4];
}

char delimiter_of(std::string_view text) {
  bool quoted = false, semicolon = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') break;
    if (c == '\t') return c;
    semicolon = semicolon || c == ';';
  }
  return semicolon ? ';' : ',';
}

class Parser {
 public:
  Parser(Source source, Diagnostics& diagnostics) : text_(source->text), diagnostics_(diagnostics) {
    table_.source = std::move(source);
  }

  CsvTable run() {
    const std::optional<char> said = announced(text_);
    table_.delimiter = said ? *said : delimiter_of(text_);
    if (said) skip_line();
    while (at_ < text_.size() && !diagnostics_.full()) record();
    if (table_.header.empty()) {
      diagnostics_.error({table_.source, 0, 0, 1}, "the table is empty", "", "Its first line names the columns");
    }
    refuse_equal_names();
    return std::move(table_);
  }

 private:
  void skip_line() {
    while (at_ < text_.size() && text_[at_] != '\n') step();
    if (at_ < text_.size()) step();
  }

  bool at_line_end() const {
    return at_ >= text_.size() || text_[at_] == '\n' || (text_[at_] == '\r' && text_.substr(at_, 2) == "\r\n");
  }
  bool at_cell_end() const { return at_line_end() || text_[at_] == table_.delimiter; }

  /// Over one code point; what cannot stand in a table is reported where it stands, once a line.
  void step() {
    const CodePoint point = decode(text_, at_);
    if (point.value == '\n') {
      ++line_;
      column_ = 1;
    } else {
      const bool line_of_windows = point.value == '\r' && text_.substr(at_, 2) == "\r\n";
      if (!point.valid) {
        complain("these bytes are not UTF-8", "letters would be lost", "Save the table as UTF-8");
      } else if (is_control(point.value) && point.value != '\t' && !line_of_windows) {
        complain("a control character (" + printable(point) + ") in a table", "", "Is it the right file?");
      }
      ++column_;
    }
    at_ += point.length;
  }

  void complain(std::string what, std::string why, std::string suggestion) {
    if (complained_ == line_) return;
    complained_ = line_;
    diagnostics_.error({table_.source, line_, column_, 1}, std::move(what), std::move(why), std::move(suggestion));
  }

  CsvCell quoted_cell() {
    CsvCell cell{{}, line_, column_, 1};
    const std::size_t opened = at_;
    step();
    while (at_ < text_.size()) {
      if (text_[at_] == '"') {
        step();
        if (at_ >= text_.size() || text_[at_] != '"') break;  // else "" is a quote
      }
      const std::size_t from = at_;
      step();
      cell.text += text_.substr(from, at_ - from);
      if (at_ >= text_.size()) {
        diagnostics_.error(mark_of(cell), "a quote is never closed", "all that follows would be one cell");
      }
    }
    cell.length = underline(opened);
    while (!at_cell_end() && text_[at_] == ' ') step();
    if (!at_cell_end()) {
      diagnostics_.error({table_.source, line_, column_, 1}, "text behind a closing quote", "",
                         "A quote inside a quoted cell is written twice");
      while (!at_cell_end()) step();
    }
    return cell;
  }

  CsvCell plain_cell() {
    CsvCell cell{{}, line_, column_, 1};
    const std::size_t from = at_;
    std::size_t end = at_;  // behind the last that is no space
    while (!at_cell_end()) {
      if (text_[at_] == '"') {
        complain("a quote in the middle of a cell", "it could belong to two cells",
                 "Put the whole cell in quotes, and write each quote in it twice");
      }
      const bool space = text_[at_] == ' ';
      step();
      if (!space) end = at_;
    }
    cell.text = text_.substr(from, end - from);
    cell.length = underline(from, end);
    return cell;
  }

  std::size_t underline(std::size_t from, std::optional<std::size_t> end = {}) const {
    const std::string_view written = std::string_view(text_).substr(from, end.value_or(at_) - from);
    return std::clamp<std::size_t>(count_code_points(written.substr(0, 4 * longest_underline)), 1, longest_underline);
  }

  Mark mark_of(const CsvCell& cell) const { return table_.mark(cell); }

  void record() {
    std::vector<CsvCell> cells;
    while (true) {
      while (at_ < text_.size() && text_[at_] == ' ' && table_.delimiter != ' ') step();
      cells.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted_cell() : plain_cell());
      if (at_line_end()) break;
      step();  // the delimiter
    }
    while (at_ < text_.size() && text_[at_] != '\n') step();
    if (at_ < text_.size()) step();
    const bool empty = std::ranges::all_of(cells, [](const CsvCell& cell) { return cell.text.empty(); });
    if (empty) return;
    if (table_.header.empty()) {
      table_.header = std::move(cells);
      return;
    }
    // Spreadsheets fill short rows up, or cut off what is empty at the end.
    while (cells.size() > table_.header.size() && cells.back().text.empty()) cells.pop_back();
    if (cells.size() != table_.header.size()) {
      const bool commas = table_.delimiter == ',' && cells.size() > table_.header.size();
      diagnostics_.error(mark_of(cells.front()),
                         "this row has " + std::to_string(cells.size()) + " cells and the header " +
                             std::to_string(table_.header.size()),
                         "nobody can tell which is which",
                         commas ? "A comma within a cell needs quotes around the cell; with decimal commas, use "
                                  "semicolons between cells"
                                : "");
      return;
    }
    table_.rows.push_back(std::move(cells));
  }

  void refuse_equal_names() {
    std::map<std::string_view, const CsvCell*> seen;
    for (const CsvCell& cell : table_.header) {
      if (cell.text.empty()) continue;  // a column without a name is nobody's
      if (!seen.emplace(cell.text, &cell).second) {
        diagnostics_.error(mark_of(cell), "two columns are called " + quoted(cell.text),
                           "nobody can tell which is meant");
      }
    }
  }

  const std::string& text_;
  Diagnostics& diagnostics_;
  CsvTable table_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
  std::size_t complained_ = 0;  // line
};

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

CsvTable read_csv(Source source, Diagnostics& diagnostics) { return Parser(std::move(source), diagnostics).run(); }

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
