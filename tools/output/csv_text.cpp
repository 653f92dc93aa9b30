#include "tools/output/csv_text.h"

#include "engine/base/contract.h"
#include "models/text/number.h"

#include <cmath>

namespace sojourn::tools {

std::string csv_cell(std::string_view text) {
  std::string cell;
  // https://owasp.org/www-community/attacks/CSV_Injection
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell = "'";
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

CsvText::CsvText(std::vector<std::string> header) : header_(std::move(header)) {}

CsvText& CsvText::cell(std::string_view text) {
  cells_.emplace_back(std::string(text));
  return *this;
}

CsvText& CsvText::number(double value) {
  cells_.emplace_back(value);
  return *this;
}

CsvText& CsvText::whole(std::int64_t value) {
  cells_.emplace_back(value);
  return *this;
}

void CsvText::end_row() {
  SOJOURN_EXPECT(!cells_.empty() && cells_.size() % header_.size() == 0, "a row is as long as the header");
}

std::string CsvText::text() const {
  std::string text;
  for (const std::string& name : header_) text += (&name == header_.data() ? "" : ",") + csv_cell(name);
  text += '\n';
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (i % header_.size() > 0) text += ',';
    if (const auto* number = std::get_if<double>(&cells_[i])) {
      if (std::isfinite(*number)) text += models::shortest(*number == 0 ? 0 : *number);
    } else if (const auto* whole = std::get_if<std::int64_t>(&cells_[i])) {
      text += std::to_string(*whole);
    } else {
      text += csv_cell(std::get<std::string>(cells_[i]));
    }
    if ((i + 1) % header_.size() == 0) text += '\n';
  }
  return text;
}

}  // namespace sojourn::tools
