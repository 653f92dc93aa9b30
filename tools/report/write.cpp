#include "tools/report/write.h"

#include "engine/store/safe_file.h"
#include "tools/json/json.h"
#include "tools/program/interrupt.h"
#include "tools/report/calibration_part.h"
#include "tools/report/document.h"
#include "tools/report/kept.h"
#include "tools/report/page.h"

namespace sojourn::tools {
namespace {

void write_page(const OutputPlan& plan, const Json& report, const Console& console) {
  const std::string page = report_page(report);
  const Graceful graceful;
  throw_if_stopped();
  engine::write_file(*plan.report, plan.force ? engine::Existing::replace : engine::Existing::refuse, page);
  console.say(console.err().say("sojourn: wrote{0}\n", {" " + engine::printable_path(*plan.report)}));
}

}  // namespace

void write_report(const OutputPlan& plan, const models::RunResult& result, const ReportParts& parts,
                  const Console& console) {
  if (plan.report) write_report(plan, Json::parse(run_json(result, {})), parts, console);
}

void write_report(const OutputPlan& plan, const models::CompareResult& result, const ReportParts& parts,
                  const Console& console) {
  if (plan.report) write_report(plan, Json::parse(compare_json(result, {})), parts, console);
}

void write_report(const OutputPlan& plan, const Json& document, const ReportParts& parts, const Console& console) {
  if (!plan.report) return;
  ReportParts all = parts;
  if (plan.drivers) all.drivers = read_kept_drivers(*plan.drivers, document);
  if (plan.calibration) {
    all.calibration = read_kept_calibration(*plan.calibration, document.at("journey").at("sha256"), console);
  }
  write_page(plan, report_document(document, all, plan.language.value_or("en")), console);
}

void check_kept(const OutputPlan& plan, const Inputs& inputs, bool comparison) {
  if (plan.calibration) check_kept_calibration(*plan.calibration);
  if (!plan.drivers) return;
  Json scenarios = Json::array();
  for (const models::FileStamp& one : stamps_of(inputs.scenarios)) scenarios.push_back({{"sha256", one.sha256}});
  read_kept_drivers(*plan.drivers, {{"format", comparison ? "sojourn.compare/1" : "sojourn.run/1"},
                                    {"journey", {{"sha256", stamp_of(inputs.journey).sha256}}},
                                    {"scenarios", scenarios}});
}

void write_calibration_report(const OutputPlan& plan, const Json& document, const std::string& path,
                              const Console& console) {
  if (plan.report) write_page(plan, calibration_report(document, path, plan.language.value_or("en")), console);
}

void write_study_report(const OutputPlan& plan, const engine::Archive& archive, const StudyOrigin& origin,
                        const std::optional<StudyProgress>& progress, const Console& console) {
  if (plan.report) write_page(plan, study_report(archive, origin, progress, plan.language.value_or("en")), console);
}

ReportParts parts_of(const models::Experiment& experiment, const models::RunPlan& plan, std::uint64_t agents) {
  ReportParts parts;
  parts.journey = journey_part(experiment.case_of(0).views.views.front());
  parts.flows = flows_part(experiment, plan, agents);
  parts.stories = stories_part(experiment, plan, agents);
  return parts;
}

}  // namespace sojourn::tools
