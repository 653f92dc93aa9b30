#pragma once
// What `doctor` found, in sentences.

#include "tools/doctor/diagnosis.h"
#include "tools/terminal/look.h"

#include <string>

namespace sojourn::tools {

std::string doctor_page(const Diagnosis& diagnosis, const Look& look);

}  // namespace sojourn::tools
