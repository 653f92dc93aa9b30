#pragma once
// From a result to the file that --report names.

#include "models/score/result.h"
#include "tools/job/inputs.h"
#include "tools/job/outputs.h"
#include "tools/json/performance.h"
#include "tools/program/console.h"
#include "tools/report/parts.h"
#include "tools/report/study_part.h"

namespace sojourn::tools {

/// Nothing where the plan has no report. Says that the file is there. Throws as engine::SafeFile does.
void write_report(const OutputPlan& plan, const models::RunResult& result, const ReportParts& parts,
                  const Console& console);
void write_report(const OutputPlan& plan, const models::CompareResult& result, const ReportParts& parts,
                  const Console& console);

/// Of a whole document sojourn.run/1 or sojourn.compare/1.
void write_report(const OutputPlan& plan, const Json& document, const ReportParts& parts, const Console& console);

/// Refuses, before the long work, a --drivers or --calibration that the page could not hold. Throws as read_kept does.
void check_kept(const OutputPlan& plan, const Inputs& inputs, bool comparison);

/// Of a document sojourn.calibrate/1; `path`: where it was read, for messages.
void write_calibration_report(const OutputPlan& plan, const Json& document, const std::string& path,
                              const Console& console);

/// Of a study's result, or of what there is of it. `origin`: where it comes from. Throws engine::FormatError where it keeps no metrics.
void write_study_report(const OutputPlan& plan, const engine::Archive& archive, const StudyOrigin& origin,
                        const std::optional<StudyProgress>& progress, const Console& console);

/// What a run knows beside its result.
ReportParts parts_of(const models::Experiment& experiment, const models::RunPlan& plan, std::uint64_t agents);

}  // namespace sojourn::tools
