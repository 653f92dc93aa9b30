#pragma once
// The document sojourn.doctor/1.

#include "tools/doctor/diagnosis.h"

#include <string>

namespace sojourn::tools {

std::string doctor_json(const Diagnosis& diagnosis);

}  // namespace sojourn::tools
