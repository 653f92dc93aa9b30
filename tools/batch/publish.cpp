#include "tools/batch/publish.h"

#include "engine/base/sha256.h"
#include "engine/store/format_error.h"
#include "engine/store/hdf5.h"
#include "tools/job/folder.h"
#include "tools/job/places.h"
#include "tools/output/analysis_json.h"
#include "tools/output/json_parts.h"
#include "tools/output/study_data.h"
#include "tools/program/interrupt.h"
#include "tools/program/version.h"
#include "tools/terminal/text.h"

#include <nlohmann/json.hpp>

#include <array>
#include <filesystem>

namespace sojourn::tools {
namespace {

using engine::Existing;

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

Existing existing(const OutputPlan& plan) { return plan.force ? Existing::replace : Existing::refuse; }

/// Every table that a study can have.
constexpr std::array<std::string_view, 13> kStudyTables = {
    "points.csv",           "failures.csv",      "overall.csv",      "personas.csv", "touchpoints.csv",
    "answers.csv",          "outcomes.csv",      "goals.csv",        "pains.csv",    "persona_answers.csv",
    "persona_outcomes.csv", "persona_goals.csv", "persona_pains.csv"};

}  // namespace

void check_result(const std::string& path, const StudyWork& work, bool force, const Console& console) {
  if (!force && is_there(path)) {
    try {
      if (study_digest(engine::read_hdf5(path)) == engine::digest_of(work.manifest())) return;
    } catch (const engine::FormatError& error) {
      console.complain(std::string(error.what()) + "\n");
    }
    throw engine::TargetExists(path);
  }
  const Graceful graceful;
  engine::check_target(path, Existing::replace);
}

void check_places(const OutputPlan& outputs, const StudyWork& work, bool has_result, const Console& console) {
  Places places(work.files());
  if (!outputs.json_on_stdout()) places.claim("--json", outputs.json);
  places.claim("--csv", outputs.csv);
  if (has_result) {
    places.claim("--out", outputs.archive);
    check_result(*outputs.archive, work, outputs.force, console);
  }
  OutputPlan others = outputs;
  others.archive.reset();  // a result of the same study may be there
  check_outputs(others);
}

engine::Archive publish(const StudyWork& work, MergedRows& rows, const OutputPlan& outputs, const Console& console) {
  const Graceful graceful;
  const engine::Archive archive = study_archive(work, [&](std::uint64_t row) {
    throw_if_stopped();
    return rows.row(row);
  });
  const std::string& path = *outputs.archive;
  const auto is_the_same = [&] {
    try {
      return is_there(path) && identical(engine::read_hdf5(path), archive);
    } catch (const engine::FormatError&) {
      return false;
    }
  };
  std::string written;
  if (!is_the_same()) {
    check_result(path, work, outputs.force, console);  // again: the work took its time
    engine::write_hdf5(archive, path, is_there(path) ? Existing::replace : existing(outputs));
    written += " " + engine::printable_path(path);
  }
  throw_if_stopped();
  if (outputs.csv) {
    write_folder(*outputs.csv, existing(outputs), study_tables(archive), kStudyTables);
    written += " " + engine::printable_path(*outputs.csv);
  }
  if (!written.empty()) console.say(console.err().say("sojourn: wrote{0}\n", {written}));
  return archive;
}

std::string batch_json(const StudyWork& work, const BatchReport& report) {
  const models::Study& study = work.study();
  Json scenarios = Json::array();
  for (std::size_t set = 1; set < work.scenarios(); ++set) scenarios.push_back(work.plan().set_title(set));
  Json json = {{"format", "sojourn.batch/1"},
               {"program", program_name()},
               {"study", stamp_json({study.title, report.study, engine::sha256(study.source->text)})},
               {"journey", stamp_json({work.journey_title(), study.journey.source->name,
                                       engine::sha256(study.journey.source->text)})},
               {"study_digest", engine::digest_of(work.manifest())},
               {"points", work.points()},
               {"replications", work.replications()},
               {"scenarios", scenarios},
               {"complete", report.complete}};
  if (report.complete) json["result"] = report.result;
  if (report.archive != nullptr) {
    const models::StudyData data = study_data(*report.archive, report.result);
    json["analysis"] = analysis_json(models::analyse(data), data);
  }
  Json units = {{"of_study", work.unit_plan().units()}};
  if (report.outcome != nullptr) {
    const BatchOutcome& outcome = *report.outcome;
    json["folder"] = report.folder;
    if (!report.shard.is_whole()) json["shard"] = Json{{"k", report.shard.k}, {"n", report.shard.n}};
    units["of_shard"] = outcome.units.size();
    units["found"] = outcome.found;
    units["made"] = outcome.made;
    Json bad = Json::array();
    for (const BadUnit& one : outcome.bad) bad.push_back({{"unit", one.unit}, {"why", one.why}});
    units["made_again"] = bad;
    units["rows_taken_over"] = outcome.taken_over;
  }
  json["units"] = units;
  Json failures = Json::array();
  for (const FailedRow& failed : report.failures) {
    failures.push_back({{"point", work.point_of(failed.row)},
                        {"replication", work.replication_of(failed.row)},
                        {"failure", failed.why},
                        {"command", rerun_command(report.study, work, failed.row)}});
  }
  json["failures"] = failures;
  if (report.outcome != nullptr)
    json["performance"] = {{"seconds", report.outcome->seconds}, {"threads", report.threads}};
  return json_text(json);
}

}  // namespace sojourn::tools
