#pragma once
// The field table as a page for people (models/FIELDS.md).

#include <string>

namespace sojourn::models {

/// Markdown: one table a record, journey files first.
std::string field_reference();

}  // namespace sojourn::models
