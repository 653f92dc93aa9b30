#pragma once
// A study's result as its page shows it: the part `study` of sojourn.report/1 (FORMAT.md).

#include "engine/store/archive.h"
#include "tools/json/json_text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sojourn::tools {

/// Where it comes from.
struct StudyOrigin {
  std::string file;     // the result, or the study's file
  std::string command;  // that makes the page again
};

/// How far a study is that is not complete.
struct StudyProgress {
  std::uint64_t runs = 0, done = 0, units = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> there;  // units: first, one past the last
};

/// The whole document of a page about a study. `language`: "en" or "de". Throws engine::FormatError, naming the file, where `archive` is no
/// study that keeps its metrics.
Json study_report(const engine::Archive& archive, const StudyOrigin& origin,
                  const std::optional<StudyProgress>& progress, const std::string& language);

}  // namespace sojourn::tools
