#pragma once
// One file looked at from all sides.

#include "models/change/scenario.h"
#include "models/check/check.h"
#include "models/text/diagnostic.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::tools {

struct CheckedFile {
  std::string path;  // as the user wrote it
  models::FileKind kind = models::FileKind::unknown;
  std::string missing;           // why it cannot be read; empty if it can
  models::Diagnostics problems;  // errors and warnings, of the journey below a scenario, too
  std::string title;             // empty unless all is well
  std::size_t personas = 0, touchpoints = 0, outcomes = 0;
  std::uint64_t points = 0, what_ifs = 0, replications = 0;  // of a study
  std::vector<models::ExpectedLength>
      lengths;  // [persona]; of the changed journey for a scenario, of the first point for a study

  bool ok() const { return missing.empty() && !problems.has_errors(); }
};

/// Never throws MissingFile or InputError: they are in the result. Throws engine::FormatError and IoError of a study's posterior.
CheckedFile check_file(const std::string& path);

}  // namespace sojourn::tools
