#pragma once
// sojourn.calibrate/1.

#include "models/calibrate/calibration.h"
#include "models/score/result.h"

#include <optional>
#include <string>
#include <vector>

namespace sojourn::tools {

struct CalibrateResult {
  std::string program;  // "sojourn 0.1.0"
  models::FileStamp journey;
  models::FileStamp survey;  // without a title
  std::optional<models::FileStamp> held_out;
  std::string out;  // where the calibrated journey was written; empty: nowhere
  std::uint64_t seed = 1;
  std::uint64_t blank = 0, rejected = 0;           // rows of the survey
  std::vector<std::string> personas, touchpoints;  // ids in file order
  std::vector<std::string> periods;
  models::Calibration calibration;
};

std::string calibrate_json(const CalibrateResult& result);

}  // namespace sojourn::tools
