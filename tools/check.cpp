// sojourn check: every mistake in journeys and scenarios, and how long journeys are.

#include "tools/arguments/common.h"
#include "tools/command.h"
#include "tools/job/checked.h"
#include "tools/job/outputs.h"
#include "tools/json/check_json.h"
#include "tools/program/exit_code.h"
#include "tools/terminal/check_lines.h"

#include <set>

namespace sojourn::tools {
namespace {

struct CheckArguments {
  std::vector<std::string> files;
  OutputPlan outputs;
  bool quiet = false;
};

CheckArguments read(std::span<const std::string> given) {
  CheckArguments to;
  Arguments arguments(
      "check",
      "Reads journeys, scenarios and studies and prints every mistake at once: what is wrong, where, why it "
      "matters and what would be right. A scenario is applied to its journey. Ends with 0 if all is "
      "well, 65 if something is wrong, 66 if a file cannot be read.",
      "  sojourn check journey.yaml faster.yaml\n");
  arguments.operands(to.files, "FILE", "journeys, scenarios and studies");
  arguments.text(to.outputs.json, "--json", "FILE", "the problems as JSON; - is standard output");
  declare_language(arguments, to.outputs.language);
  arguments.flag(to.outputs.force, "--force", "replace an output that exists");
  arguments.flag(to.quiet, "--quiet", "only what is wrong");
  arguments.read(given);
  to.outputs.inputs = to.files;
  return to;
}

/// Problems of a journey come again with each of its scenarios, and are said once.
models::Diagnostics unsaid(const models::Diagnostics& problems, std::set<std::string>& said) {
  models::Diagnostics fresh;
  for (const models::Diagnostic& one : problems.list()) {
    if (!said.insert(models::format(one)).second) continue;
    if (one.severity == models::Diagnostic::Severity::error) {
      fresh.error(one.mark, one.what, one.why, one.suggestion);
    } else {
      fresh.warning(one.mark, one.what, one.why, one.suggestion);
    }
  }
  return fresh;
}

}  // namespace

int check(std::span<const std::string> given, Console& console) {
  const CheckArguments arguments = read(given);
  if (arguments.quiet) console.set_talk(Talk::quiet);
  console.speak(arguments.outputs.language);
  check_outputs(arguments.outputs);
  std::vector<CheckedFile> files;
  std::set<std::string> said;
  int code = exit_code::ok;
  for (const std::string& path : arguments.files) {
    CheckedFile file = check_file(path);
    if (!file.missing.empty()) console.complain("sojourn: " + file.missing + "\n");
    console.complain(unsaid(file.problems, said).format());
    if (!arguments.outputs.json_on_stdout() && console.talks()) console.print(check_lines(file, console.out()));
    if (!file.missing.empty()) {
      code = exit_code::missing;
    } else if (file.problems.has_errors() && code == exit_code::ok) {
      code = exit_code::bad_data;
    }
    files.push_back(std::move(file));
  }
  if (arguments.outputs.json) write_document(arguments.outputs, check_json(files), console);
  return code;
}

}  // namespace sojourn::tools
