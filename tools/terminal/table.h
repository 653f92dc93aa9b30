#pragma once
// A table that fits the page: numbers are never cut, labels are.

#include "tools/terminal/look.h"

#include <string>
#include <vector>

namespace sojourn::tools {

enum class Align { left, right };

struct Column {
  std::string title;  // "\n" starts a second line
  Align align = Align::right;
  std::size_t least = 0;  // columns that a cell keeps when the page is narrow; 0: this column is never cut
  std::size_t lines = 1;  // that a cell may take before it is cut
};

struct Cell {
  std::string text;  // may come from a file: it is made printable
  Tone tone = Tone::plain;

  Cell(std::string text_, Tone tone_ = Tone::plain) : text(std::move(text_)), tone(tone_) {}
  Cell(const char* text_) : text(text_) {}
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// As many cells as columns.
  void row(std::vector<Cell> cells);
  /// A line of its own above the rows that follow.
  void section(std::string title);
  bool empty() const { return rows_.empty(); }

  /// Every line ended. Behind `indent` spaces it takes at most the look's width, as long as what may not be cut fits.
  std::string text(const Look& look, std::size_t indent = 0) const;

 private:
  struct Row {
    bool is_section;
    std::vector<Cell> cells;
  };
  std::vector<std::size_t> widths(const Look& look, std::size_t indent) const;
  std::vector<std::string> lines_of(const Cell& cell, std::size_t column, std::size_t width, const Look& look) const;
  std::string header(const Look& look, const std::vector<std::size_t>& widths, std::size_t indent) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace sojourn::tools
