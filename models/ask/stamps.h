#pragma once
// Which files a result was made from, and how.

#include "models/change/scenario.h"
#include "models/journey/read.h"
#include "models/score/comparison.h"
#include "models/score/experiment.h"
#include "models/score/result.h"

#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

FileStamp stamp_of(const JourneyFile& journey);
FileStamp stamp_of(const ScenarioFile& scenario);
/// Those that the scenarios stand on included, in the order applied, each once.
std::vector<FileStamp> stamps_of(std::span<const ScenarioFile> scenarios);
/// Where a result comes from, but for the program and the resolved files, which a program adds, and the controls, which an experiment knows.
Provenance provenance_of(const JourneyFile& journey, std::span<const ScenarioFile> scenarios, const Case& ran,
                         const RunPlan& plan, std::uint64_t agents);
/// Of one what-if: the scenarios that are applied together. `title`: of several.
ScenarioStamp what_if_stamp(std::span<const ScenarioFile> scenarios, const std::string& title);

}  // namespace sojourn::models
