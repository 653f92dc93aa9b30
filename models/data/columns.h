#pragma once
// Which column of a header is which role's.

#include "models/data/mapping.h"
#include "models/text/csv_reader.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

/// A role that a column can have, and the names that such columns usually have (as `plain_name` gives them), best first.
struct ColumnRole {
  std::string_view role;
  std::string_view flag;  // of the program, for messages
  bool required = false;
  bool shown = false;  // its values are written into what comes of the data
  std::vector<std::string_view> usual;
};

/// Lower case, and what is no letter or digit as one '_' between words: "Case:concept:name " is case_concept_name.
std::string plain_name(std::string_view name);

/// Names, addresses, mails, phones, IP addresses, places on the globe.
bool is_personal(std::string_view column);

/// Role to column. Says what is missing, what is there twice, and what is personal, with the columns found.
std::map<std::string, std::size_t, std::less<>> find_columns(std::span<const CsvCell> header,
                                                             std::span<const ColumnRole> roles, const ColumnNames& said,
                                                             const Source& source, Diagnostics& diagnostics);

/// One column by its name, as written or plain; says so where there is none.
std::optional<std::size_t> find_column(std::span<const CsvCell> header, std::string_view name, const Source& source,
                                       Diagnostics& diagnostics);

}  // namespace sojourn::models
