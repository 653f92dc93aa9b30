#pragma once
// Parts that several documents have.

#include "models/score/result.h"
#include "tools/json/json_text.h"

#include <vector>

namespace sojourn::tools {

/// {"title", "file", "sha256"}.
Json stamp_json(const models::FileStamp& file);
Json stamps_json(const std::vector<models::FileStamp>& files);

/// What people call the things whose ids are the keys: {"personas", "touchpoints", "outcomes", "goals", "pains"}.
Json names_json(const models::Names& names);

}  // namespace sojourn::tools
