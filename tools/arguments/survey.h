#pragma once
// The options that say what the columns of a survey mean.

#include "models/data/mapping.h"
#include "models/data/rejects.h"
#include "tools/arguments/arguments.h"

#include <array>
#include <optional>
#include <string>

namespace sojourn::tools {

/// --mapping, --score-column and its like, --bad-rows.
struct SurveyOptions {
  static constexpr std::array roles = {"score", "persona", "touchpoint", "period", "weight", "case"};

  std::optional<std::string> mapping, bad_rows;
  std::array<std::optional<std::string>, roles.size()> columns;  // [role]

  void declare(Arguments& arguments);
  /// What the mapping's file says, and where a column is named here, that. Throws MissingFile, InputError.
  models::Mapping read() const;
  models::BadRows allowed() const;
};

/// What --bad-rows says: up to one in a hundred where it is not given.
models::BadRows bad_rows_of(const std::optional<std::string>& said);

}  // namespace sojourn::tools
