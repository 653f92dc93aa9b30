#include "tools/terminal/table.h"

#include "engine/base/contract.h"
#include "models/text/utf8.h"
#include "tools/terminal/text.h"

#include <algorithm>

namespace sojourn::tools {
namespace {

constexpr std::size_t gap = 2;

std::vector<std::string> title_lines(const std::string& title) {
  std::vector<std::string> lines(1);
  for (const char c : title) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

std::string aligned(std::string_view text, std::size_t width, Align align) {
  return align == Align::left ? pad_right(text, width) : pad_left(text, width);
}

void end_line(std::string& page) {
  while (page.ends_with(' ')) page.pop_back();
  page += '\n';
}

}  // namespace

void Table::row(std::vector<Cell> cells) {
  SOJOURN_EXPECT(cells.size() == columns_.size(), "a row has as many cells as the table has columns");
  for (Cell& cell : cells) cell.text = models::printable(cell.text);
  rows_.push_back({false, std::move(cells)});
}

void Table::section(std::string title) { rows_.push_back({true, {Cell(models::printable(title), Tone::dim)}}); }

std::vector<std::size_t> Table::widths(const Look& look, std::size_t indent) const {
  std::vector<std::size_t> widths(columns_.size(), 0);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    for (const std::string& line : title_lines(columns_[i].title)) widths[i] = std::max(widths[i], width_of(line));
    for (const Row& row : rows_) {
      if (!row.is_section) widths[i] = std::max(widths[i], width_of(row.cells[i].text));
    }
  }
  std::size_t total = indent + gap * (columns_.empty() ? 0 : columns_.size() - 1);
  for (const std::size_t width : widths) total += width;
  // The widest column that may be cut gives way first, column by column.
  while (total > look.width) {
    std::size_t* widest = nullptr;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const bool can = columns_[i].least > 0 && widths[i] > columns_[i].least;
      if (can && (widest == nullptr || widths[i] > *widest)) widest = &widths[i];
    }
    if (widest == nullptr) break;
    --*widest;
    --total;
  }
  return widths;
}

std::vector<std::string> Table::lines_of(const Cell& cell, std::size_t column, std::size_t width,
                                         const Look& look) const {
  const Column& of = columns_[column];
  if (of.least == 0 || width_of(cell.text) <= width) return {cell.text};
  std::vector<std::string> lines;
  std::string_view rest = cell.text;
  while (lines.size() + 1 < of.lines) {
    const std::string first = wrap(rest, width).front();
    lines.push_back(first);
    rest.remove_prefix(std::min(rest.size(), first.size()));
    while (rest.starts_with(' ')) rest.remove_prefix(1);
  }
  if (!rest.empty() || lines.empty()) lines.push_back(cut(rest, width, look.ellipsis()));
  return lines;
}

std::string Table::header(const Look& look, const std::vector<std::size_t>& widths, std::size_t indent) const {
  std::size_t height = 0;
  std::vector<std::vector<std::string>> titles;
  for (const Column& column : columns_) {
    titles.push_back(title_lines(column.title));
    height = std::max(height, titles.back().size());
  }
  std::string page;
  for (std::size_t line = 0; line < height; ++line) {
    std::string text(indent, ' ');
    bool any = false;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      // Titles stand on the last line, right above the figures.
      const std::size_t skipped = height - titles[i].size();
      const std::string title = line < skipped ? "" : cut(titles[i][line - skipped], widths[i], look.ellipsis());
      any = any || !title.empty();
      text += std::string(i == 0 ? 0 : gap, ' ') + aligned(title, widths[i], columns_[i].align);
    }
    if (!any) continue;
    end_line(text);
    text.pop_back();
    page += look.paint(Tone::dim, text) + "\n";
  }
  return page;
}

std::string Table::text(const Look& look, std::size_t indent) const {
  const std::vector<std::size_t> columns = widths(look, indent);
  std::string page = header(look, columns, indent);
  for (const Row& row : rows_) {
    if (row.is_section) {
      const std::size_t room = look.width > indent ? look.width - indent : 1;
      const std::string title = cut(row.cells[0].text, room, look.ellipsis());
      page += std::string(indent, ' ') + look.paint(row.cells[0].tone, title) + "\n";
      continue;
    }
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      cells.push_back(lines_of(row.cells[i], i, columns[i], look));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      std::string text(indent, ' ');
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string shown = line < cells[i].size() ? cells[i][line] : "";
        const std::string placed = aligned(shown, columns[i], columns_[i].align);
        // Only the text is painted, not the spaces around it.
        const std::size_t start = placed.find(shown);
        if (i > 0) text.append(gap, ' ');
        text += placed.substr(0, start) + look.paint(row.cells[i].tone, shown) + placed.substr(start + shown.size());
      }
      end_line(text);
      page += text;
    }
  }
  return page;
}

}  // namespace sojourn::tools
