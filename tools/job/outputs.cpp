#include "tools/job/outputs.h"

#include "engine/store/hdf5.h"
#include "tools/archive/archive.h"
#include "tools/job/folder.h"
#include "tools/job/places.h"
#include "tools/json/json.h"
#include "tools/json/run_record.h"
#include "tools/output/csv.h"
#include "tools/output/xlsx.h"
#include "tools/program/errors.h"
#include "tools/program/interrupt.h"

#include <filesystem>
#include <utility>
#include <vector>

namespace sojourn::tools {
namespace {

using engine::Existing;

Existing existing(const OutputPlan& plan) { return plan.force ? Existing::replace : Existing::refuse; }

/// Beside an archive that is a file; a pipe or a device has nothing beside it.
std::optional<std::string> record_of(const OutputPlan& plan) {
  if (!plan.archive || plan.archive->starts_with("/dev/") || plan.archive->starts_with("/proc/")) return std::nullopt;
  return run_record_path(*plan.archive);
}

/// '-' where it means nothing; and the same place under two names, where one output would replace the other.
void refuse_places(const OutputPlan& plan) {
  if (plan.archive == "-") throw UsageError("'--out' needs a file: HDF5 is not written to standard output");
  if (plan.csv == "-") throw UsageError("'--csv' needs a folder, for its tables are several");
  if (plan.xlsx == "-") throw UsageError("'--xlsx' needs a file: a workbook is opened in a spreadsheet");
  if (plan.report == "-") throw UsageError("'--report' needs a file: a page is opened in a browser");
  std::vector<std::string> inputs = plan.inputs;
  for (const auto* kept : {&plan.drivers, &plan.calibration}) {
    if (*kept) inputs.push_back(**kept);
  }
  Places places(inputs);
  places.claim("--json", plan.json);
  places.claim("--out", plan.archive);
  places.claim("--out (its .run.json)", record_of(plan));
  places.claim("--csv", plan.csv);
  places.claim("--xlsx", plan.xlsx);
  places.claim("--report", plan.report);
}

template <class Result, class ToJson>
void write_all(const OutputPlan& plan, const Result& result, const Performance& performance, ToJson to_json,
               const Console& console) {
  const std::string json = plan.json ? to_json(result, performance) : std::string();
  {
    const Graceful graceful;
    std::string written;
    const auto note = [&](const std::string& path) { written += " " + engine::printable_path(path); };
    try {
      if (plan.archive) {
        engine::write_hdf5(archive_of(result), *plan.archive, existing(plan));
        note(*plan.archive);
        if (const auto record = record_of(plan)) {
          engine::write_file(*record, existing(plan), run_record_json(result.provenance, performance));
          note(*record);
        }
      }
      throw_if_stopped();
      if (plan.csv) {
        write_folder(*plan.csv, existing(plan), csv_files(result), kTables);
        note(*plan.csv);
      }
      throw_if_stopped();
      if (plan.xlsx) {
        engine::write_file(*plan.xlsx, existing(plan), xlsx_bytes(tables_of(result), result.provenance, *plan.xlsx));
        note(*plan.xlsx);
      }
      throw_if_stopped();
      if (plan.json && !plan.json_on_stdout()) {
        engine::write_file(*plan.json, existing(plan), json);
        note(*plan.json);
      }
      throw_if_stopped();
    } catch (...) {
      if (!written.empty()) console.say(console.err().say("sojourn: wrote{0}, and no more\n", {written}));
      throw;
    }
    if (!written.empty()) console.say(console.err().say("sojourn: wrote{0}\n", {written}));
  }
  if (plan.json_on_stdout()) console.print(json);
}

}  // namespace

void check_outputs(const OutputPlan& plan) {
  for (const auto& [option, kept] : {std::pair("--drivers", plan.drivers), {"--calibration", plan.calibration}}) {
    if (kept && !plan.report)
      throw UsageError("'" + std::string(option) + "' is for the page: say with '--report' where that goes");
  }
  refuse_places(plan);
  const Graceful graceful;  // what is tried out is taken away again
  if (plan.json && !plan.json_on_stdout()) engine::check_target(*plan.json, existing(plan));
  if (plan.archive) engine::check_target(*plan.archive, existing(plan));
  if (const auto record = record_of(plan)) engine::check_target(*record, existing(plan));
  if (plan.csv) check_folder(*plan.csv, existing(plan));
  if (plan.xlsx) engine::check_target(*plan.xlsx, existing(plan));
  if (plan.report) engine::check_target(*plan.report, existing(plan));
}

void write_outputs(const OutputPlan& plan, const models::RunResult& result, const Performance& performance,
                   const Console& console) {
  write_all(plan, result, performance, run_json, console);
}

void write_outputs(const OutputPlan& plan, const models::CompareResult& result, const Performance& performance,
                   const Console& console) {
  write_all(plan, result, performance, compare_json, console);
}

void write_document(const OutputPlan& plan, const std::string& text, const Console& console) {
  if (plan.json_on_stdout()) {
    console.print(text);
    return;
  }
  const Graceful graceful;
  engine::write_file(*plan.json, existing(plan), text);
}

}  // namespace sojourn::tools
