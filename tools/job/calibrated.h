#pragma once
// A journey's numbers found from the answers of a survey: what `calibrate` does between its arguments and its outputs.

#include "engine/store/safe_file.h"
#include "models/data/mapping.h"
#include "models/data/rejects.h"
#include "tools/job/inputs.h"
#include "tools/json/calibrate_json.h"

#include <cstdint>
#include <optional>
#include <string>

namespace sojourn::tools {

struct CalibrationJob {
  std::string survey;                                     // the file of the answers
  std::optional<std::string> events, held_out, rejected;  // files; of rejected rows: to be written
  models::Mapping mapping;                                // what the survey's columns mean
  models::BadRows bad_rows = models::BadRows::few;
  std::optional<std::uint64_t> draws;     // of each chain, 4 to 100,000; empty: 250
  std::optional<std::uint64_t> journeys;  // recorded ones of each persona; empty: as many as the answers ask for
  std::uint64_t seed = 1;
  int threads = 0;                                       // 0: all
  bool suggest = false;                                  // only what may move
  bool with_text = false;                                // the calibrated journey is wanted
  std::string out;                                       // where it will be written; empty: nowhere
  engine::Existing existing = engine::Existing::refuse;  // of `rejected`
};

struct Calibrated {
  std::string suggested;   // the section `calibrate:`, where that alone was asked for; then nothing else is here
  CalibrateResult result;  // without its command
  std::string text;        // the journey's file with the numbers found; empty unless wanted
};

/// The paths of what is read, that of the journey first.
std::vector<std::string> inputs_of(const CalibrationJob& job, const std::string& journey);

/// Throws InputError with what is wrong with journey, survey and log, MissingFile, Stopped, and engine::IoError and TargetExists of
/// rejected rows, which are all that it writes. Says on the console what is doubtful, and how far it is.
Calibrated calibrated(const CalibrationJob& job, models::JourneyFile journey, Console& console);

}  // namespace sojourn::tools
