#pragma once
// The field table as a JSON Schema (draft-07), so that an editor completes and checks while one writes.

#include <string>

namespace sojourn::models {

struct Record;

/// The schema of a kind of file, two spaces of indent. A schema cannot say everything that the reader checks: what
/// ids and addresses mean, low <= mode <= high and the like are left to `sojourn check`.
std::string json_schema(const Record& record);

}  // namespace sojourn::models
