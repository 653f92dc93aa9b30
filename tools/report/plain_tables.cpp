#include "tools/report/plain_tables.h"

namespace sojourn::tools {

std::string plain_cell(const std::string& html, bool number) {
  return std::string(number ? "<td class=\"n\">" : "<td>") + html + "</td>";
}

std::string plain_row_head(const std::string& html) { return "<tr><th scope=\"row\">" + html + "</th>"; }

std::string plain_table(const std::string& caption, const std::vector<std::string>& columns, const std::string& rows) {
  std::string html = "<table><caption>" + caption + "</caption><thead><tr>";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    html += std::string(i == 0 ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"n\">") + columns[i] + "</th>";
  }
  return html + "</tr></thead><tbody>" + rows + "</tbody></table>\n";
}

}  // namespace sojourn::tools
