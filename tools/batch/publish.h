#pragma once
// The result of a study put where it belongs, with whatever was asked for beside it.

#include "tools/batch/batch_job.h"
#include "tools/batch/merged_rows.h"
#include "tools/batch/results.h"
#include "tools/job/outputs.h"
#include "tools/json/performance.h"
#include "tools/report/study_part.h"

namespace sojourn::tools {

/// Before the work: refuses (engine::TargetExists) a result that is there and is not this study's, and says what a damaged one is. With
/// `force` anything gives way.
void check_result(const std::string& path, const StudyWork& work, bool force, const Console& console);

/// Before the work: the result as above, the other outputs as check_outputs, and none of them where another or something that was read is (UsageError).
/// `folders` hold the study's units, and nothing else.
void check_places(const OutputPlan& outputs, const StudyWork& work, std::span<const std::string> folders,
                  bool has_result, const Console& console);

/// Writes the result, unless the same is there already, and the tables of --csv; says so. Returns the document.
engine::Archive publish(const StudyWork& work, MergedRows& rows, const OutputPlan& outputs, const Console& console);

/// sojourn.batch/1. `outcome`: none of a merge.
struct BatchReport {
  std::string study;  // its file
  std::string folder;
  std::string result;
  Shard shard;
  bool complete = false;
  const BatchOutcome* outcome = nullptr;
  std::vector<FailedRow> failures;
  int threads = 0;
  const engine::Archive* archive = nullptr;  // the result, where it is there: its analysis is told
};
std::string batch_json(const StudyWork& work, const BatchReport& report);
/// To where the plan's JSON goes; it takes the place of one of the same study.
void write_report(const OutputPlan& plan, const StudyWork& work, const BatchReport& report, const Console& console);

/// To where the plan's page goes; it takes the place of one of the same study.
void write_page(const OutputPlan& plan, const StudyWork& work, const engine::Archive& archive,
                const StudyOrigin& origin, const Console& console);

/// sojourn.study/1: what a kept study is, its results point by point, and what they say. `file`: for messages. Throws FormatError.
std::string study_json(const engine::Archive& archive, const std::string& file);

/// What a study came to and what that says (models/study/analysis.h), for a terminal.
std::string study_page(const engine::Archive& archive, const Look& look);

}  // namespace sojourn::tools
