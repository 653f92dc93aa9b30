#pragma once
// Tidy tables as one workbook, for spreadsheets.

#include "models/score/result.h"
#include "tools/output/csv.h"

#include <string>
#include <vector>

namespace sojourn::tools {

/// The bytes of an .xlsx file: a sheet for each table, its columns as in CSV, its first row frozen; numbers are numbers, and texts
/// never formulas. The last sheet says what the result was made from. Equal tables give equal bytes: no time of writing is in
/// them. Throws engine::FormatError, naming `path`, for a table or a text that no sheet holds.
std::string xlsx_bytes(const std::vector<NamedTable>& tables, const models::Provenance& provenance,
                       const std::string& path);

}  // namespace sojourn::tools
