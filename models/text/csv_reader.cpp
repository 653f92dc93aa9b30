#include "models/text/csv_reader.h"

#include "models/text/detail/bytes.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <optional>

namespace sojourn::models {
namespace {

constexpr std::size_t longest_underline = 60;              // code points
constexpr std::size_t longest_row = std::size_t{1} << 20;  // bytes
constexpr std::size_t buffer_size = std::size_t{4} << 20;  // bytes
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// "sep=;" in the first line tells Excel the delimiter.
std::optional<char> announced(std::string_view text) {
  if (!text.starts_with("sep=") || text.size() < 5) return std::nullopt;
  const std::string_view rest = text.substr(5, 2);
  if (!rest.empty() && rest.front() != '\n' && rest != "\r\n") return std::nullopt;
  return text[4];
}

char delimiter_of(std::string_view text) {
  bool quoted = false, semicolon = false, comma = false, bar = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') break;
    if (c == '\t') return c;
    semicolon = semicolon || c == ';';
    comma = comma || c == ',';
    bar = bar || c == '|';
  }
  return semicolon ? ';' : bar && !comma ? '|' : ',';
}

std::optional<Refusal> foreign_table(std::string_view text) {
  const std::string kind(detail::foreign_kind(text));
  if (kind.empty()) return std::nullopt;
  if (kind.starts_with("UTF")) return Refusal{"the file is " + kind + ", not UTF-8", "", "Save the table as UTF-8"};
  return Refusal{"the file is " + kind + ", not a table", "",
                 kind == "a gzip archive"                        ? "Unpack it first, with gunzip"
                 : kind == "a zip archive or an office document" ? "Unpack it first, or save the sheet as CSV"
                                                                 : "Is it the right file?"};
}

std::size_t underline(std::size_t points) { return std::clamp<std::size_t>(points, 1, longest_underline); }

}  // namespace

CsvReader::CsvReader(std::string_view whole) : text_(whole) { begin(); }

CsvReader::CsvReader(Refill refill) : refill_(std::move(refill)), ended_(false) { begin(); }

void CsvReader::begin() {
  refill();
  foreign_ = foreign_table(text_.substr(0, 4096));
  if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
  const std::optional<char> said = announced(text_.substr(at_));
  delimiter_ = said ? *said : delimiter_of(text_.substr(at_));
  if (said) skip_line();
}

/// So that a whole row stands in the buffer, if it is not too long.
void CsvReader::refill() {
  if (ended_ || text_.size() - at_ >= 2 * longest_row) return;
  buffer_.erase(0, at_);
  at_ = 0;
  std::size_t filled = buffer_.size();
  buffer_.resize(buffer_size);
  while (filled < buffer_size && !ended_) {
    const std::size_t got = refill_(buffer_.data() + filled, buffer_size - filled);
    filled += got;
    ended_ = got == 0;
  }
  buffer_.resize(filled);
  text_ = buffer_;
}

void CsvReader::skip_line() {
  while (at_ < text_.size() && text_[at_] != '\n') step();
  if (at_ < text_.size()) step();
}

bool CsvReader::at_line_end() const {
  return at_ >= text_.size() || text_[at_] == '\n' || (text_[at_] == '\r' && text_.substr(at_, 2) == "\r\n");
}

/// Over one code point; what cannot stand in a table is reported where it stands, once a line.
void CsvReader::step() {
  ++points_;
  const char c = text_[at_];
  if (c >= ' ' && c <= '~') {
    ++column_;
    ++at_;
    return;
  }
  const CodePoint point = decode(text_, at_);
  if (point.value == '\n') {
    ++line_;
    column_ = 1;
  } else {
    const bool line_of_windows = point.value == '\r' && text_.substr(at_, 2) == "\r\n";
    if (!point.valid) {
      complain({"these bytes are not UTF-8", "letters would be lost", "Save the table as UTF-8"});
    } else if (point.value == '\r' && !line_of_windows) {
      complain({"a carriage return (CR) without a line feed", "old Mac line ends hide where a row ends",
                "Save the table with LF or CRLF line ends"});
    } else if (is_control(point.value) && point.value != '\t' && !line_of_windows) {
      complain({"a control character (" + printable(point) + ") in a table", "", "Is it the right file?"});
    }
    ++column_;
  }
  at_ += point.length;
}

void CsvReader::complain(Refusal refusal) {
  if (complained_ == line_ || record_ == nullptr) return;
  complained_ = line_;
  record_->problems.push_back({line_, column_, 1, std::move(refusal)});
}

CsvCell& CsvReader::fresh_cell() {
  if (cells_ == record_->cells.size()) record_->cells.emplace_back();
  CsvCell& cell = record_->cells[cells_++];
  cell.text.clear();
  cell.line = line_;
  cell.column = column_;
  cell.length = 1;
  return cell;
}

void CsvReader::quoted_cell(CsvCell& cell) {
  const std::size_t opened = points_;
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
      record_->problems.push_back(
          {cell.line, cell.column, 1, {"a quote is never closed", "all that follows would be one cell", ""}});
    }
  }
  cell.length = underline(points_ - opened);
  while (!at_cell_end() && text_[at_] == ' ') step();
  if (!at_cell_end()) {
    record_->problems.push_back(
        {line_, column_, 1, {"text behind a closing quote", "", "A quote inside a quoted cell is written twice"}});
    while (!at_cell_end()) step();
  }
}

void CsvReader::plain_cell(CsvCell& cell) {
  const std::size_t from = at_, opened = points_;
  std::size_t end = at_, closed = points_;  // behind the last that is no space
  while (!at_cell_end()) {
    if (text_[at_] == '"') {
      complain({"a quote in the middle of a cell", "it could belong to two cells",
                "Put the whole cell in quotes, and write each quote in it twice"});
    }
    const bool space = text_[at_] == ' ';
    step();
    if (!space) {
      end = at_;
      closed = points_;
    }
  }
  cell.text.assign(text_.substr(from, end - from));
  cell.length = underline(closed - opened);
}

void CsvReader::record() {
  cells_ = 0;
  while (true) {
    while (at_ < text_.size() && text_[at_] == ' ' && delimiter_ != ' ') step();
    CsvCell& cell = fresh_cell();
    at_ < text_.size() && text_[at_] == '"' ? quoted_cell(cell) : plain_cell(cell);
    if (at_line_end()) break;
    step();  // the delimiter
  }
  record_->cells.resize(cells_);
  skip_line();
}

bool CsvReader::next(CsvRecord& to) {
  record_ = &to;
  to.problems.clear();
  while (true) {
    refill();
    if (at_ >= text_.size()) return false;
    const std::size_t from = at_;
    record();
    if (at_ - from > longest_row && (!ended_ || to.problems.empty())) {
      to.problems = {{to.line(),
                      to.cells.front().column,
                      1,
                      {"a row is longer than 1 MB", "nothing behind it can be trusted",
                       "Is a quote opened there that is never closed?"}}};
      ended_ = true;
      text_ = {};
      at_ = 0;
      return true;
    }
    const bool empty = std::ranges::all_of(to.cells, [](const CsvCell& cell) { return cell.text.empty(); });
    if (!empty || !to.problems.empty()) return true;
  }
}

bool fits(CsvRecord& record, std::size_t columns, char delimiter) {
  std::vector<CsvCell>& cells = record.cells;
  while (cells.size() > columns && cells.back().text.empty()) cells.pop_back();
  if (cells.size() == columns) return true;
  const CsvCell& first = cells.front();
  const bool commas = delimiter == ',' && cells.size() > columns;
  record.problems.push_back(
      {first.line,
       first.column,
       first.length,
       {"this row has " + std::to_string(cells.size()) + " cells and the header " + std::to_string(columns),
        "nobody can tell which is which",
        commas ? "A comma within a cell needs quotes around the cell; with decimal commas, use "
                 "semicolons between cells"
               : ""}});
  return false;
}

}  // namespace sojourn::models
