// sojourn doctor: what this program and this machine have, and whether all is well.

#include "tools/arguments/arguments.h"
#include "tools/arguments/common.h"
#include "tools/command.h"
#include "tools/job/outputs.h"
#include "tools/json/doctor_json.h"
#include "tools/program/exit_code.h"
#include "tools/terminal/doctor_page.h"

namespace sojourn::tools {

int doctor(std::span<const std::string> given, Console& console) {
  OutputPlan outputs;
  Arguments arguments("doctor",
                      "Says what this program was built with, what this machine and the folder where you are have, and "
                      "whether a small journey gives the figures that it must, in every way that this processor can "
                      "walk it. Takes less than a second and leaves nothing. Ends with 0 if all is well, 1 if "
                      "something is wrong; what is only lacking is a note.",
                      "  sojourn doctor\n");
  arguments.text(outputs.json, "--json", "FILE", "what was found as JSON; - is standard output");
  declare_language(arguments, outputs.language);
  arguments.flag(outputs.force, "--force", "replace an output that exists");
  arguments.read(given);
  console.speak(outputs.language);
  check_outputs(outputs);
  const Diagnosis diagnosis = diagnose();
  if (outputs.json) write_document(outputs, doctor_json(diagnosis), console);
  if (!outputs.json_on_stdout()) console.print(doctor_page(diagnosis, console.out()));
  return diagnosis.wrong() == 0 ? exit_code::ok : exit_code::unwell;
}

}  // namespace sojourn::tools
