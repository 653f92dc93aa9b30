#pragma once
// All rows of a study as one document. RESULTS.md says what it holds.

#include "engine/store/archive.h"
#include "tools/batch/study_work.h"
#include "tools/output/csv.h"

#include <functional>
#include <string>
#include <vector>

namespace sojourn::tools {

inline constexpr std::string_view kStudyFileType = "sojourn study";

/// The document of a study whose rows come from `row_of`, asked once for each in their order. It holds no clock, host, path, or number
/// of threads: equal studies give equal bytes.
engine::Archive study_archive(const StudyWork& work, const std::function<Row(std::uint64_t row)>& row_of);

/// The same as tidy tables: points.csv, and for what is kept overall.csv, personas.csv, touchpoints.csv, scores.csv, outcomes.csv,
/// goals.csv, pains.csv ... : a row for each figure of each point, replication and what-if. failures.csv where any row failed.
std::vector<TextFile> study_tables(const engine::Archive& archive);

/// Whether it is the document of a study.
bool is_study_archive(const engine::Archive& archive);
/// The digest of the study that it is of; empty where it is of none.
std::string study_digest(const engine::Archive& archive);

}  // namespace sojourn::tools
