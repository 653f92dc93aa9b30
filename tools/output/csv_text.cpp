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

CsvText::CsvText(std::vector<std::string> header) : columns_(header.size()) {
  for (const std::string& name : header) cell(name);
  end_row();
}

CsvText& CsvText::cell(std::string_view text) { return put(csv_cell(text)); }

CsvText& CsvText::number(double value) {
  return put(std::isfinite(value) ? models::shortest(value == 0 ? 0 : value) : std::string());
}

void CsvText::end_row() {
  SOJOURN_EXPECT(at_ == columns_, "a row is as long as the header");
  text_ += '\n';
  at_ = 0;
}

CsvText& CsvText::put(std::string_view written) {
  if (at_++ > 0) text_ += ',';
  text_ += written;
  return *this;
}

}  // namespace sojourn::tools
