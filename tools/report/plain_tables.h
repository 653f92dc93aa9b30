#pragma once
// Tables of the report without a script. All arguments are HTML already.

#include <string>
#include <vector>

namespace sojourn::tools {

std::string plain_cell(const std::string& html, bool number = true);
/// Opens a row; "</tr>" ends it.
std::string plain_row_head(const std::string& html);
std::string plain_table(const std::string& caption, const std::vector<std::string>& columns, const std::string& rows);

}  // namespace sojourn::tools
