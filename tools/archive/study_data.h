#pragma once
// A study's result file as what its analysis asks for.

#include "engine/store/archive.h"
#include "models/study/analysis.h"

namespace sojourn::tools {

/// Of the document of a study (tools/batch/results.h) that keeps its metrics. Throws engine::FormatError, naming `file`, where it holds none.
models::StudyData study_data(const engine::Archive& archive, const std::string& file);

}  // namespace sojourn::tools
