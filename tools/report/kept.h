#pragma once
// Results that an earlier run kept.

#include "tools/report/parts.h"

#include <string>

namespace sojourn::tools {

struct KeptResult {
  Json document;  // sojourn.run/1, sojourn.compare/1 or sojourn.calibrate/1
  ReportParts parts;
};

/// From a file of --json or --out. Throws IoError where it cannot be read, engine::FormatError where it is no such result.
KeptResult read_kept(const std::string& path);

/// The part `drivers` of a page, from a file that `drivers` wrote with --json. `result`: a whole run or comparison, whose journey and
/// numbers it must be about. Throws as read_kept does.
Json read_kept_drivers(const std::string& path, const Json& result);

/// result.json, result.h5 -> result.html; anything else with .html behind it.
std::string page_beside(const std::string& result);

}  // namespace sojourn::tools
