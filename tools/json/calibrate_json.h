#pragma once
// sojourn.calibrate/1.

#include "models/calibrate/calibration.h"
#include "models/score/result.h"

#include <optional>
#include <string>
#include <vector>

namespace sojourn::tools {

/// What an event log says about where customers go on.
struct CalibratedWays {
  struct Weight {
    std::string address;
    double before = 0;    // probability in the file
    double estimate = 0;  // posterior mean
    double count = 0;     // steps seen
  };
  struct Stray {
    std::string from, to;
    std::uint64_t count = 0;
  };
  std::string file;
  std::uint64_t steps = 0;
  double concentration = 0;
  std::vector<Weight> weights;
  std::vector<std::pair<std::string, std::string>> not_used;  // choice, why
  std::vector<Stray> strays;                                  // steps along ways that the journey does not have
};

struct CalibrateResult {
  std::string program;  // "sojourn 0.1.0"
  std::string command;  // as it was given, as one line for a shell
  models::FileStamp journey;
  models::FileStamp survey;  // without a title
  std::optional<models::FileStamp> held_out;
  std::string out;         // where the calibrated journey was written; empty: nowhere
  std::string out_sha256;  // of its bytes
  std::uint64_t seed = 1;
  std::uint64_t blank = 0, rejected = 0;           // rows of the survey
  std::vector<std::string> personas, touchpoints;  // ids in file order
  std::vector<std::string> periods;
  models::Names names;
  models::Calibration calibration;
  std::optional<CalibratedWays> ways;
};

std::string calibrate_json(const CalibrateResult& result);

}  // namespace sojourn::tools
