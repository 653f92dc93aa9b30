#include "tools/output/xlsx.h"

#include "engine/base/io_error.h"
#include "engine/store/format_error.h"
#include "models/text/utf8.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <ctime>
#include <utility>

namespace sojourn::tools {
namespace {

constexpr std::size_t most_rows = LXW_ROW_MAX;  // 1,048,576, the header among them
constexpr std::size_t longest_text = 32'767;    // UTF-16 units in Excel; code points here
constexpr std::time_t no_time = 315'532'800;    // 1980-01-01, which the library writes into the archive too
constexpr double widest = 40, narrowest = 9;    // of a column, in characters

/// Memory that a library which writes to a path can write to.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("workbook", MFD_CLOEXEC)) {
    if (descriptor_ < 0) fail();
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  std::string bytes() const {
    std::string all;
    char piece[1 << 16];
    while (true) {
      const ssize_t got = ::pread(descriptor_, piece, sizeof piece, static_cast<off_t>(all.size()));
      if (got < 0) fail();
      if (got == 0) return all;
      all.append(piece, static_cast<std::size_t>(got));
    }
  }

 private:
  [[noreturn]] static void fail() {
    throw engine::IoError(engine::Access::write, "make the workbook in memory", "workbook", errno);
  }
  int descriptor_;
};

class Workbook {
 public:
  explicit Workbook(std::string path) : path_(std::move(path)), book_(workbook_new(memory_.path().c_str())) {
    if (book_ == nullptr) throw std::bad_alloc();
    lxw_doc_properties properties{};
    properties.created = no_time;
    workbook_set_properties(book_, &properties);
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
  }
  ~Workbook() {
    if (book_ != nullptr) workbook_close(book_);
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  void add(const std::string& name, const CsvText& table) {
    lxw_worksheet* sheet = workbook_add_worksheet(book_, name.c_str());
    if (sheet == nullptr) throw std::bad_alloc();
    const std::size_t columns = table.header().size();
    const std::size_t rows = table.cells().size() / columns;
    if (rows >= most_rows) {
      refuse("the table '" + name + "' has " + std::to_string(rows) + " rows",
             "a sheet holds " + std::to_string(most_rows - 1) + " below its header");
    }
    std::vector<double> widths(columns, narrowest);
    for (std::size_t c = 0; c < columns; ++c) text(sheet, 0, c, table.header()[c], bold_, widths);
    for (std::size_t i = 0; i < table.cells().size(); ++i) {
      const std::size_t row = i / columns + 1, column = i % columns;
      if (const auto* number = std::get_if<double>(&table.cells()[i])) {
        if (std::isfinite(*number))
          check(worksheet_write_number(sheet, row_of(row), column_of(column), *number, nullptr));
      } else if (const auto* whole = std::get_if<std::int64_t>(&table.cells()[i])) {
        check(worksheet_write_number(sheet, row_of(row), column_of(column), static_cast<double>(*whole), nullptr));
      } else {
        text(sheet, row, column, std::get<std::string>(table.cells()[i]), nullptr, widths);
      }
    }
    for (std::size_t c = 0; c < columns; ++c) {
      worksheet_set_column(sheet, column_of(c), column_of(c), widths[c] + 1, nullptr);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_autofilter(sheet, 0, 0, row_of(rows), column_of(columns - 1));
  }

  std::string bytes() {
    check(workbook_close(std::exchange(book_, nullptr)));
    return memory_.bytes();
  }

 private:
  static lxw_row_t row_of(std::size_t row) { return static_cast<lxw_row_t>(row); }
  static lxw_col_t column_of(std::size_t column) { return static_cast<lxw_col_t>(column); }

  void text(lxw_worksheet* sheet, std::size_t row, std::size_t column, const std::string& text, lxw_format* format,
            std::vector<double>& widths) {
    if (text.empty()) return;
    const std::size_t length = models::count_code_points(text);
    if (length > longest_text) {
      refuse("a text has " + std::to_string(length) + " characters", "a cell holds " + std::to_string(longest_text));
    }
    widths[column] = std::clamp(static_cast<double>(length), widths[column], std::max(widths[column], widest));
    check(worksheet_write_string(sheet, row_of(row), column_of(column), text.c_str(), format));
  }

  void check(lxw_error error) const {
    if (error != LXW_NO_ERROR) refuse("the workbook cannot be written", lxw_strerror(error));
  }
  [[noreturn]] void refuse(const std::string& what, const std::string& why) const {
    throw engine::FormatError(path_, what, why, "Use --csv for it");
  }

  std::string path_;
  MemoryFile memory_;
  lxw_workbook* book_;
  lxw_format* bold_ = nullptr;
};

CsvText provenance_table(const models::Provenance& provenance) {
  CsvText table({"name", "value"});
  const auto row = [&](std::string_view name, std::string_view value) {
    table.cell(name).cell(value);
    table.end_row();
  };
  row("program", provenance.program);
  row("method", provenance.method);
  if (!provenance.random_scheme.empty()) row("random_scheme", provenance.random_scheme);
  if (!provenance.money.empty()) row("money", provenance.money);
  const auto file = [&](const std::string& what, const models::FileStamp& stamp) {
    row(what, stamp.title);
    row(what + "_file", stamp.file);
    row(what + "_sha256", stamp.sha256);
  };
  file("journey", provenance.journey);
  for (const models::FileStamp& scenario : provenance.scenarios) file("scenario", scenario);
  if (provenance.method == "exact") return table;
  row("seed", std::to_string(provenance.seed));  // as text: a sheet's numbers lose digits above 2^53
  row("replicate", std::to_string(provenance.replicate));
  row("agents", std::to_string(provenance.agents));
  for (const std::string& control : provenance.controls) row("control", control);
  return table;
}

}  // namespace

std::string xlsx_bytes(const std::vector<NamedTable>& tables, const models::Provenance& provenance,
                       const std::string& path) {
  Workbook workbook(path);
  for (const NamedTable& one : tables) workbook.add(one.name, one.table);
  workbook.add("provenance", provenance_table(provenance));
  return workbook.bytes();
}

}  // namespace sojourn::tools
