// sojourn merge: the result of a study from what its parts kept.

#include "tools/arguments/common.h"
#include "tools/batch/publish.h"
#include "tools/command.h"
#include "tools/job/outputs.h"
#include "tools/program/exit_code.h"
#include "tools/terminal/text.h"

namespace sojourn::tools {
namespace {

struct MergeArguments {
  std::string study;
  std::vector<std::string> folders;
  OutputPlan outputs;
  bool quiet = false;
};

MergeArguments read(std::span<const std::string> given) {
  MergeArguments to;
  Arguments arguments(
      "merge",
      "Makes the result of a study from what 'batch --shard' kept, in one folder or in several. Every unit is "
      "checked; what is missing, damaged or of another study is refused.",
      "  sojourn merge study.yaml\n"
      "  sojourn merge study.yaml --dir node1.batch node2.batch --out study.h5\n");
  arguments.operand(to.study, "STUDY", "the study's file");
  arguments.list(to.folders, "--dir", "DIR", "where the parts were kept (the study's name with .batch)");
  arguments.text(to.outputs.archive, "--out", "FILE.h5", "the result (the study's name with .h5)");
  arguments.text(to.outputs.csv, "--csv", "DIR", "a folder of tidy tables");
  arguments.text(to.outputs.json, "--json", "FILE", "what was done as JSON; - is standard output");
  arguments.text(to.outputs.report, "--report", "FILE.html", "the result as one web page, to mail, project and print");
  arguments.choice(to.outputs.language, "--lang", {"en", "de"}, "the language on the terminal (en)");
  arguments.flag(to.outputs.force, "--force", "replace outputs that exist");
  arguments.flag(to.quiet, "--quiet", "no tables and no notes");
  arguments.read(given);
  if (to.outputs.archive == "-") arguments.refuse("'--out' needs a file: HDF5 is not written to standard output");
  to.outputs.inputs = {to.study};
  if (to.folders.empty()) to.folders = {default_folder(to.study)};
  if (!to.outputs.archive) to.outputs.archive = default_result(to.study);
  return to;
}

}  // namespace

int merge(std::span<const std::string> given, Console& console) {
  MergeArguments arguments = read(given);
  if (arguments.quiet) console.set_talk(Talk::quiet);
  console.speak(arguments.outputs.language);
  Warnings warnings(console);
  const std::unique_ptr<StudyWork> work = read_study_work(arguments.study, warnings);
  check_places(arguments.outputs, *work, arguments.folders, true, console);
  MergedRows rows(*work, arguments.study, arguments.folders);
  rows.expect_complete();
  const engine::Archive archive = publish(*work, rows, arguments.outputs, console);

  write_page(arguments.outputs, *work, archive, {arguments.study, "sojourn merge " + shell_word(arguments.study)},
             console);

  BatchReport report{arguments.study, "", *arguments.outputs.archive, {}, true, nullptr, {}, 0, &archive};
  if (const engine::Variable* failure = engine::find_variable(archive, "failure")) {
    const auto& texts = std::get<std::vector<std::string>>(failure->values);
    for (std::size_t row = 0; row < texts.size(); ++row)
      if (!texts[row].empty()) report.failures.push_back({row, texts[row]});
  }
  if (arguments.outputs.json) write_report(arguments.outputs, *work, report, console);
  if (!arguments.outputs.json_on_stdout() && console.talks()) console.print(study_page(archive, console.out()));
  return report.failures.empty() ? exit_code::ok : exit_code::bad_data;
}

}  // namespace sojourn::tools
