#pragma once
// A study's result as its page shows it: the part `study` of sojourn.report/1 (FORMAT.md).

#include "engine/store/archive.h"
#include "tools/output/json_text.h"

#include <string>

namespace sojourn::tools {

/// Where it comes from.
struct StudyOrigin {
  std::string file;     // the result, or the study's file
  std::string command;  // that makes the page again
};

/// The whole document of a page about a study. `language`: "en" or "de". Throws engine::FormatError, naming the file, where `archive` is no
/// study that keeps its metrics.
Json study_report(const engine::Archive& archive, const StudyOrigin& origin, const std::string& language);

}  // namespace sojourn::tools
