#pragma once
// Which files a result was made from.

#include "models/change/scenario.h"
#include "models/journey/read.h"
#include "models/score/comparison.h"

#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

FileStamp stamp_of(const JourneyFile& journey);
FileStamp stamp_of(const ScenarioFile& scenario);
/// Those that the scenarios stand on included, in the order applied, each once.
std::vector<FileStamp> stamps_of(std::span<const ScenarioFile> scenarios);
/// Of one what-if: the scenarios that are applied together. `title`: of several.
ScenarioStamp what_if_stamp(std::span<const ScenarioFile> scenarios, const std::string& title);

}  // namespace sojourn::models
