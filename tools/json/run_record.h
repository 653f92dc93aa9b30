#pragma once
// What a result file may not hold, because equal results are equal files: when, where and how fast it was made.

#include "models/score/result.h"
#include "tools/json/performance.h"

#include <string>

namespace sojourn::tools {

/// Where it stands: result.h5 -> result.run.json.
std::string run_record_path(const std::string& archive);

/// The document sojourn.record/1. Reads the clock, the host's name and the present folder.
std::string run_record_json(const models::Provenance& provenance, const Performance& performance);

}  // namespace sojourn::tools
