// sojourn report: a kept result as a page.

#include "engine/base/io_error.h"
#include "engine/store/format_error.h"
#include "models/text/utf8.h"
#include "tools/arguments/common.h"
#include "tools/batch/batch_job.h"
#include "tools/batch/results.h"
#include "tools/batch/unfinished.h"
#include "tools/command.h"
#include "tools/job/kind_of_file.h"
#include "tools/job/observed.h"
#include "tools/job/outputs.h"
#include "tools/json/json.h"
#include "tools/program/errors.h"
#include "tools/program/exit_code.h"
#include "tools/report/kept.h"
#include "tools/report/write.h"
#include "tools/terminal/text.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace sojourn::tools {
namespace {

struct ReportArguments {
  std::string result;
  std::optional<std::string> out;
  OutputPlan outputs;
  std::optional<double> matters;
  std::optional<std::string> observed;
  std::vector<std::string> folders;  // of a study that runs
  bool quiet = false;
};

ReportArguments read(std::span<const std::string> given) {
  ReportArguments to;
  Arguments arguments(
      "report",
      "Makes one self-contained web page of a result that 'run', 'compare', 'calibrate' or 'batch' kept. What a kept "
      "result "
      "does not hold (journeys by step, one customer's story; with JSON also what the author wrote about the "
      "personas) the page leaves out and says so; '--report' of 'run' and 'compare' has it all.",
      "  sojourn compare journey.yaml faster.yaml --out result.h5\n"
      "  sojourn report result.h5 --out result.html\n"
      "  sojourn drivers journey.yaml --json drivers.json\n"
      "  sojourn report result.h5 --drivers drivers.json\n"
      "  sojourn report calibrate.json\n"
      "  sojourn report study.h5\n"
      "  sojourn report study.yaml        # while it runs\n");
  arguments.operand(to.result, "RESULT", "a file of --out (HDF5) or --json, or the file of a study that runs");
  arguments.text(to.outputs.report, "--out", "FILE.html", "the page (the result's name with .html)");
  arguments.text(to.outputs.drivers, "--drivers", "FILE", "what 'drivers' of the same journey wrote with --json");
  declare_calibration(arguments, to.outputs.calibration);
  arguments.choice(to.outputs.language, "--lang", {"en", "de"}, "the language of terminal and page (en)");
  arguments.amount(to.matters, "--matters", "P", {0, 200},
                   "NPS points below which a difference is too small to matter, for the figures");
  declare_observed(arguments, to.observed);
  arguments.list(to.folders, "--dir", "DIR", "of a study that runs: where its parts are kept (its name with .batch)");
  arguments.flag(to.outputs.force, "--force", "replace a page that exists");
  arguments.flag(to.quiet, "--quiet", "no notes");
  arguments.read(given);
  to.outputs.inputs = {to.result};
  if (to.observed) to.outputs.inputs.push_back(*to.observed);
  if (!to.outputs.report) to.outputs.report = page_beside(to.result);
  return to;
}

/// What the page of a calibration or a study has no place for.
void refuse_of_others(const ReportArguments& arguments) {
  const char* given = arguments.observed              ? "--observed"
                      : arguments.outputs.drivers     ? "--drivers"
                      : arguments.outputs.calibration ? "--calibration"
                      : arguments.matters             ? "--matters"
                                                      : nullptr;
  if (given) throw UsageError(std::string("'") + given + "' is for the page of a run or a comparison");
}

void refuse_folders(const ReportArguments& arguments) {
  if (!arguments.folders.empty()) throw UsageError("'--dir' is for the page of a study that runs");
}

StudyOrigin origin_of(const ReportArguments& arguments) {
  return {arguments.result, "sojourn report " + shell_word(arguments.result)};
}

/// Whether it is the file of a study, by its first key of that name; what is wrong with it, its reader says.
bool is_study_file(const std::string& path) {
  if (is_hdf5(path)) return false;
  const models::Source source = models::read_source(path);
  return source->text.starts_with("study:") || source->text.find("\nstudy:") != std::string::npos;
}

/// Of a study as far as it is.
void write_unfinished(const ReportArguments& arguments, const Console& console) {
  Warnings warnings(console);
  const std::unique_ptr<StudyWork> work = read_study_work(arguments.result, warnings);
  std::vector<std::string> folders = arguments.folders;
  if (folders.empty()) folders = {default_folder(arguments.result)};
  for (const std::string& folder : folders) {
    if (std::filesystem::exists(folder)) continue;
    throw models::MissingFile(engine::printable_path(arguments.result) +
                              ": error: nothing of the study is there (no folder " + models::quoted(folder) +
                              "). Begin it with 'sojourn batch " + shell_word(arguments.result) +
                              "', or name its folder with --dir");
  }
  MergedRows rows(*work, arguments.result, folders);
  write_study_report(arguments.outputs, unfinished_study(*work, rows), origin_of(arguments), progress_of(*work, rows),
                     console);
}

void add_observed(const std::optional<std::string>& path, KeptResult& kept, const Console& console) {
  Warnings warnings(console);
  const std::vector<models::Observation> observations = read_observed(path, figures_of(kept.document), warnings);
  if (observations.empty()) return;
  std::map<std::string, double> targets;
  if (kept.parts.journey) kept.parts.journey->at("targets").get_to(targets);
  Json& base = kept.document.contains("base") ? kept.document.at("base") : kept.document;
  base["observed"] = observed_json(observed_in(observations, targets, kept.document));
}

}  // namespace

int report(std::span<const std::string> given, Console& console) {
  const ReportArguments arguments = read(given);
  if (arguments.quiet) console.set_talk(Talk::quiet);
  console.speak(arguments.outputs.language);
  check_outputs(arguments.outputs);
  if (const auto study = kept_study(arguments.result)) {
    refuse_of_others(arguments);
    refuse_folders(arguments);
    write_study_report(arguments.outputs, *study, origin_of(arguments), std::nullopt, console);
    return exit_code::ok;
  }
  if (is_study_file(arguments.result)) {
    refuse_of_others(arguments);
    write_unfinished(arguments, console);
    return exit_code::ok;
  }
  refuse_folders(arguments);
  KeptResult kept = read_kept(arguments.result);
  kept.parts.matters = arguments.matters;
  try {
    if (kept.document.at("format") == "sojourn.calibrate/1") {
      refuse_of_others(arguments);
      write_calibration_report(arguments.outputs, kept.document, arguments.result, console);
      return exit_code::ok;
    }
    add_observed(arguments.observed, kept, console);
    write_report(arguments.outputs, kept.document, kept.parts, console);
  } catch (const Json::exception&) {
    throw engine::FormatError(arguments.result, "a part of the result is not what it should be",
                              "it was changed by hand, or is of another program",
                              "Write it again with --out or --json");
  }
  return exit_code::ok;
}

}  // namespace sojourn::tools
