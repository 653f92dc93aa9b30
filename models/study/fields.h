#pragma once
// The field table of study files (models/journey/fields.h says what a table is).

#include "models/journey/fields.h"

namespace sojourn::models {

const Record& study_record();

}  // namespace sojourn::models
