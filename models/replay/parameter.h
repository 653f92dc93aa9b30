#pragma once
// What `calibrate` may move: a number of the journey by its address, what is known of it before the data, and its bounds.

#include "models/journey/read.h"
#include "models/journey/uncertain.h"

#include <string>
#include <vector>

namespace sojourn::models {

/// Values in the unit of the address; times in milliseconds. The prior is cut off at the bounds: those that are written, and
/// the ends of the prior and of what the address can be.
struct CalibrationParameter {
  Uncertain prior;   // its range: the bounds
  double value = 0;  // as the file has it
  bool is_time = false;

  const std::string& address() const { return prior.address; }
};

/// The entries of `calibrate.parameters`, in file order. Throws InputError for a prior that is a constant or discrete (nothing
/// moves there), or whose bounds leave nothing of it.
std::vector<CalibrationParameter> parameters_of(const JourneyFile& journey);

/// The number at an address of a valid journey, written or by default.
double value_at(const Tree& journey, const std::string& address);

}  // namespace sojourn::models
