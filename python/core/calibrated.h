#pragma once
// calibrate() of a journey that is in memory, under the names of the program's options.

#include "python/core/journey.h"

#include <map>

namespace sojourn::python {

struct CalibrationOptions {
  std::string survey;
  std::optional<std::string> events, holdout, mapping, out, posterior;  // files
  std::optional<std::uint64_t> draws, journeys, threads;
  std::uint64_t seed = 1;
  std::map<std::string, std::string> columns;  // role -> the survey's column
  std::optional<std::string> bad_rows;         // "fail" or "skip"
  bool force = false;
};

struct Calibration {
  std::string json;  // sojourn.calibrate/1
  std::string text;  // the journey's file with the numbers found
};

/// Without Python's lock; a signal ends it with what its handler raised. Throws as tools::calibrated, and engine::IoError and
/// TargetExists of `out` and `posterior`.
Calibration calibrate(const Journey& journey, const CalibrationOptions& options);

}  // namespace sojourn::python
