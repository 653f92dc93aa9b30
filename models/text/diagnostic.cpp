#include "models/text/diagnostic.h"

#include "models/text/utf8.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sojourn::models {
namespace {

constexpr std::size_t page_width = 100;  // columns
constexpr std::size_t tab_width = 4;

/// The line's bytes without its end; empty past the last line.
std::string_view line_of(std::string_view text, std::size_t line) {
  std::size_t start = 0;
  for (std::size_t n = 1; n < line; ++n) {
    const std::size_t end = text.find('\n', start);
    if (end == std::string_view::npos) return {};
    start = end + 1;
  }
  std::string_view found = text.substr(start, text.find('\n', start) - start);
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

struct Cell {
  std::string shown;
  std::size_t width = 0;  // terminal columns
};

Cell cell_of(CodePoint point) {
  if (point.valid && point.value == '\t') return {std::string(tab_width, ' '), tab_width};
  std::string shown = printable(point);
  const bool escaped = !point.valid || is_control(point.value) || is_invisible(point.value);
  const std::size_t width = escaped ? shown.size() : display_width(point.value);
  return {std::move(shown), width};
}

/// The cells of a line around a column (from 0), as many as fit; `first` is the column of the first of them.
struct Window {
  std::vector<Cell> cells;
  std::size_t first = 0;
  bool cut_left = false;
  bool cut_right = false;
};

/// Adds cells from a byte offset on while they fit (and are not endlessly many of no width); gives the offset behind.
std::size_t fill(std::vector<Cell>& cells, std::string_view line, std::size_t at, std::size_t width) {
  std::size_t used = 0;
  while (at < line.size() && cells.size() < 2 * width) {
    const CodePoint point = decode(line, at);
    Cell cell = cell_of(point);
    used += cell.width;
    if (used > width) break;
    cells.push_back(std::move(cell));
    at += point.length;
  }
  return at;
}

Window window_around(std::string_view line, std::size_t column, std::size_t width) {
  Window window;
  // The offsets of the last characters before the column; more than these cannot be shown.
  std::vector<std::size_t> before(width);
  std::size_t at = 0, n = 0;
  for (; n < column && at < line.size(); ++n) {
    before[n % width] = at;
    at += decode(line, at).length;
  }
  // The column stands in the last third where the line goes on; from its start where that fits.
  std::size_t left = 0;
  std::size_t start = at;
  window.first = n;
  while (window.first > 0 && n - window.first < width) {
    const std::size_t offset = before[(window.first - 1) % width];
    left += cell_of(decode(line, offset)).width;
    if (left > width * 2 / 3) break;
    start = offset;
    --window.first;
  }
  window.cut_left = start > 0;
  window.cut_right = fill(window.cells, line, start, width) < line.size();
  return window;
}

/// Two lines: the text and the caret under it.
std::string excerpt(const Mark& mark) {
  const std::string_view line = line_of(mark.source->text, mark.line);
  const std::string number = std::to_string(mark.line);
  const std::string gutter = " " + number + " | ";
  const std::string blank = " " + std::string(number.size(), ' ') + " | ";
  const std::size_t column = mark.column > 0 ? mark.column - 1 : 0;
  const std::size_t room = page_width - gutter.size() - 6;  // "..." at either end
  const Window window = window_around(line, column, room);

  std::string text = gutter + (window.cut_left ? "..." : "");
  std::string caret = blank + (window.cut_left ? "   " : "");
  std::size_t position = window.first;
  bool placed = false;
  for (const Cell& cell : window.cells) {
    text += cell.shown;
    if (position < column) {
      caret.append(cell.width, ' ');
    } else if (mark.column > 0 && position < column + std::max<std::size_t>(mark.length, 1)) {
      for (std::size_t i = 0; i < cell.width; ++i) {
        caret += placed ? '~' : '^';
        placed = true;
      }
    }
    ++position;
  }
  if (window.cut_right) text += "...";
  if (!placed && mark.column > 0) caret += '^';  // just past the end of the line
  while (text.ends_with(' ')) text.pop_back();
  return text + "\n" + caret + "\n";
}

std::string_view word(Diagnostic::Severity severity) {
  return severity == Diagnostic::Severity::error ? "error" : "warning";
}

}  // namespace

std::string format(const Diagnostic& diagnostic) {
  const Mark& mark = diagnostic.mark;
  std::string text;
  if (mark.source) {
    text += printable(mark.source->name);
    if (mark.line > 0) text += ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column);
    text += ": ";
  }
  text += word(diagnostic.severity);
  text += ": " + printable(diagnostic.what);
  if (!diagnostic.why.empty()) text += " (" + printable(diagnostic.why) + ")";
  if (!diagnostic.suggestion.empty()) text += ". " + printable(diagnostic.suggestion);
  text += "\n";
  if (mark.source && mark.line > 0) text += excerpt(mark);
  return text;
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (diagnostic.severity == Diagnostic::Severity::error) ++errors_;
  if (list_.size() < kept) {
    list_.push_back(std::move(diagnostic));
  } else {
    ++unkept_;
  }
}

void Diagnostics::error(Mark mark, std::string what, std::string why, std::string suggestion) {
  add({Diagnostic::Severity::error, std::move(mark), std::move(what), std::move(why), std::move(suggestion)});
}

void Diagnostics::warning(Mark mark, std::string what, std::string why, std::string suggestion) {
  add({Diagnostic::Severity::warning, std::move(mark), std::move(what), std::move(why), std::move(suggestion)});
}

void Diagnostics::append(const Diagnostics& other) {
  const std::size_t all_errors = errors_ + other.errors_;
  for (const Diagnostic& one : other.list_) add(one);
  errors_ = all_errors;
  unkept_ += other.unkept_;
}

std::string Diagnostics::format(std::size_t limit) const {
  // Files in the order in which they were first complained about.
  std::map<const SourceText*, std::size_t> file_order;
  for (const Diagnostic& diagnostic : list_) file_order.try_emplace(diagnostic.mark.source.get(), file_order.size());
  std::vector<const Diagnostic*> order;
  for (const Diagnostic& diagnostic : list_) order.push_back(&diagnostic);
  const auto place = [&](const Diagnostic* d) {
    return std::tuple(file_order.at(d->mark.source.get()), d->mark.line, d->mark.column);
  };
  std::stable_sort(order.begin(), order.end(), [&](auto* a, auto* b) { return place(a) < place(b); });

  // Where not all fit, a warning must not push out an error.
  const std::size_t errors = std::count_if(
      order.begin(), order.end(), [](const Diagnostic* d) { return d->severity == Diagnostic::Severity::error; });
  std::size_t error_room = std::min(limit, errors);
  std::size_t warning_room = limit - error_room;
  std::string text;
  std::size_t shown = 0;
  for (const Diagnostic* diagnostic : order) {
    std::size_t& room = diagnostic->severity == Diagnostic::Severity::error ? error_room : warning_room;
    if (room == 0) continue;
    --room;
    ++shown;
    text += models::format(*diagnostic);
  }
  const std::size_t rest = list_.size() + unkept_ - shown;
  if (rest > 0) text += "and " + std::to_string(rest) + (rest == 1 ? " more problem\n" : " more problems\n");
  return text;
}

void Diagnostics::refuse_if_errors() const {
  if (has_errors()) throw InputError(*this);
}

InputError::InputError(Diagnostics diagnostics) : diagnostics_(std::move(diagnostics)), text_(diagnostics_.format()) {}

}  // namespace sojourn::models
