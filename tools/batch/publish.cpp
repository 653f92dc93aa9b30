#include "tools/batch/publish.h"

#include "engine/base/sha256.h"
#include "engine/store/format_error.h"
#include "engine/store/temporary.h"
#include "tools/archive/study_data.h"
#include "tools/batch/journeys.h"
#include "tools/batch/own_outputs.h"
#include "tools/batch/study_tables.h"
#include "tools/job/folder.h"
#include "tools/job/places.h"
#include "tools/json/analysis_json.h"
#include "tools/json/json_parts.h"
#include "tools/program/interrupt.h"
#include "tools/program/version.h"
#include "tools/report/write.h"
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

/// Row by row, in their order, so that the bytes are those of the study.
void write_result(const StudyWork& work, MergedRows& rows, const std::string& path, Existing existing_) {
  const StudyDocument document = study_document(work, rows.facts());
  engine::Hdf5Stream stream(document.head, document.tables, document.journeys, path, existing_);
  const std::size_t indices = journey_indices().size(), columns = journey_columns().size();
  const std::vector<LayoutTable>& tables = work.layout().tables;
  const std::vector<double> none(work.layout().values, models::kNone);
  for (std::uint64_t r = 0; r < work.rows(); ++r) {
    throw_if_stopped();
    const Row& row = rows.row(r);
    const std::vector<double>& values = row.failure.empty() ? row.values : none;
    SOJOURN_EXPECT(values.size() == none.size(), "a row has all its values or none");
    for (std::size_t t = 0; t < tables.size(); ++t) {
      stream.append(t,
                    {reinterpret_cast<const char*>(values.data() + tables[t].first), tables[t].count * sizeof(double)});
    }
    if (row.journeys.empty()) continue;
    const JourneyPlace place{work.point_of(r), work.replication_of(r), work.scenarios(), row.agents};
    for (std::size_t i = 0; i < indices; ++i) stream.append(tables.size() + i, index_column(place, i));
    const std::uint64_t journeys = place.scenarios * place.agents;
    for (std::size_t c = 0; c < columns; ++c)
      stream.append(tables.size() + indices + c, column_of(row.journeys, journeys, c));
  }
  stream.commit();
}

}  // namespace

void check_result(const std::string& path, const StudyWork& work, bool force, const Console& console) {
  if (!force && is_there(path)) {
    try {
      const std::string there = study_digest(read_study(path, StudyParts::head));
      const std::string here = engine::digest_of(work.manifest());
      if (there == here) return;
      if (!there.empty()) {
        console.complain(engine::printable_path(path) + ": error: this is the result of another study than " +
                         engine::printable_path(work.study().source->name) + " is now (study_digest: " + there +
                         " there, " + here + " now)\n");
      }
    } catch (const engine::FormatError& error) {
      console.complain(std::string(error.what()) + "\n");
    }
    throw engine::TargetExists(path);
  }
  const Graceful graceful;
  engine::check_target(path, Existing::replace);
}

namespace {

bool is_result(const StudyWork& work, const std::string& path) {
  try {
    return is_there(path) && is_up_to_date(read_study(path, StudyParts::head), work);
  } catch (const engine::FormatError&) {
    return false;
  }
}

}  // namespace

void check_places(const OutputPlan& outputs, const StudyWork& work, std::span<const std::string> folders,
                  bool has_result, const Console& console) {
  Places places(work.files());
  for (const std::string& folder : folders) places.keep_out_of(folder);
  if (!outputs.json_on_stdout()) places.claim("--json", outputs.json);
  places.claim("--csv", outputs.csv);
  places.claim("--report", outputs.report);
  if (has_result) {
    places.claim("--out", outputs.archive);
    check_result(*outputs.archive, work, outputs.force, console);
  }
  for (const auto& path : {outputs.archive, outputs.csv, outputs.json, outputs.report})
    if (path && *path != "-") engine::sweep_temporaries(*path);
  // What the same study wrote before may be there.
  OutputPlan others = outputs;
  others.archive.reset();
  if (others.csv && !others.force && are_tables_of(work, *others.csv)) {
    check_folder(*others.csv, Existing::replace);
    others.csv.reset();
  }
  if (others.json && !others.json_on_stdout() && !others.force && is_report_of(work, *others.json)) {
    const Graceful graceful;
    engine::check_target(*others.json, Existing::replace);
    others.json.reset();
  }
  if (others.report && !others.force && is_page_of(work, *others.report)) {
    const Graceful graceful;
    engine::check_target(*others.report, Existing::replace);
    others.report.reset();
  }
  check_outputs(others);
}

engine::Archive publish(const StudyWork& work, MergedRows& rows, const OutputPlan& outputs, const Console& console) {
  const Graceful graceful;
  const std::string& path = *outputs.archive;
  std::string written;
  if (outputs.force || !is_result(work, path)) {
    check_result(path, work, outputs.force, console);  // again: the work took its time
    write_result(work, rows, path, is_there(path) ? Existing::replace : existing(outputs));
    written += " " + engine::printable_path(path);
  }
  throw_if_stopped();
  const engine::Archive archive = read_study(path, outputs.csv ? StudyParts::all_figures : StudyParts::overall);
  if (outputs.csv) {
    const std::vector<TextFile> tables = signed_tables(study_tables(archive), archive);
    const bool ours = outputs.force || are_tables_of(work, *outputs.csv);
    const std::vector<std::string> before = tables_named_in(*outputs.csv);
    const std::vector<std::string_view> stale(before.begin(), before.end());
    write_folder(*outputs.csv, ours ? Existing::replace : Existing::refuse, tables, stale);
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
    json["results"] = points_json(data);
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

void write_report(const OutputPlan& plan, const StudyWork& work, const BatchReport& report, const Console& console) {
  OutputPlan here = plan;
  here.force = plan.force || (!plan.json_on_stdout() && is_report_of(work, *plan.json));
  write_document(here, batch_json(work, report), console);
}

void write_page(const OutputPlan& plan, const StudyWork& work, const engine::Archive& archive,
                const StudyOrigin& origin, const Console& console) {
  if (!plan.report) return;
  OutputPlan here = plan;
  here.force = plan.force || is_page_of(work, *plan.report);
  write_study_report(here, archive, origin, std::nullopt, console);
}

}  // namespace sojourn::tools
