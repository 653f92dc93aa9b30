#pragma once
// The document sojourn.drivers/1.

#include "models/drivers/drivers.h"
#include "tools/json/performance.h"

#include <string>

namespace sojourn::tools {

/// Values, steps and derivatives of times are in hours, and per hour.
std::string drivers_json(const models::Drivers& drivers, const models::Provenance& provenance,
                         const Performance& performance);

/// Of a lever: points, probability, hours or plain.
std::string_view unit_of(const models::Lever& lever);
/// A time in hours, anything else as it is.
double shown(const models::Lever& lever, double value);

}  // namespace sojourn::tools
