// sojourn schema: the file formats, for editors and for people.

#include "models/journey/fields.h"
#include "models/schema/field_reference.h"
#include "models/schema/json_schema.h"
#include "models/study/fields.h"
#include "tools/arguments/arguments.h"
#include "tools/command.h"
#include "tools/program/exit_code.h"

namespace sojourn::tools {
namespace {

const models::Record& record_of(const std::optional<std::string>& kind) {
  if (kind == "scenario") return models::scenario_record();
  return kind == "study" ? models::study_record() : models::journey_record();
}

}  // namespace

int schema(std::span<const std::string> given, Console& console) {
  std::optional<std::string> kind;
  Arguments arguments("schema",
                      "Prints the JSON Schema (draft-07) of journey, scenario or study files, with which an editor "
                      "completes and checks while one writes; or the reference of all fields, for people.",
                      "  sojourn schema scenario > scenario.schema.json\n");
  arguments.optional_operand(kind, {"journey", "scenario", "study", "reference"},
                             "which files (journey), or the reference");
  arguments.read(given);
  if (kind == "reference") {
    console.print(models::field_reference());
  } else {
    console.print(models::json_schema(record_of(kind)));
  }
  return exit_code::ok;
}

}  // namespace sojourn::tools
