#pragma once
// The files that a command was asked for: looked at before the long work, written safely after it.

#include "models/score/result.h"
#include "tools/json/performance.h"
#include "tools/program/console.h"

#include <optional>
#include <string>
#include <vector>

namespace sojourn::tools {

struct OutputPlan {
  std::optional<std::string> json = {};         // "-" is standard output
  std::optional<std::string> archive = {};      // HDF5
  std::optional<std::string> csv = {};          // a folder
  std::optional<std::string> xlsx = {};         // a workbook
  std::optional<std::string> report = {};       // a page
  std::optional<std::string> drivers = {};      // a kept sojourn.drivers/1 for the page
  std::optional<std::string> calibration = {};  // a kept sojourn.calibrate/1 for the page
  std::optional<std::string> language = {};     // of the page: "en" (where it is not said) or "de"
  bool force = false;                           // replace what exists
  std::vector<std::string> inputs = {};         // files that are read, and so never replaced

  bool json_on_stdout() const { return json && (*json == "-" || *json == "/dev/stdout"); }
};

/// Refuses what exists already (engine::TargetExists) or cannot be written (engine::IoError), and two outputs in one place
/// (UsageError). Leaves nothing behind.
void check_outputs(const OutputPlan& plan);

/// Writes all files; then the JSON to standard output, if it was asked for there. Says which files there are now.
void write_outputs(const OutputPlan& plan, const models::RunResult& result, const Performance& performance,
                   const Console& console);
void write_outputs(const OutputPlan& plan, const models::CompareResult& result, const Performance& performance,
                   const Console& console);

/// A document of another verb, to where the plan's JSON goes.
void write_document(const OutputPlan& plan, const std::string& text, const Console& console);

}  // namespace sojourn::tools
