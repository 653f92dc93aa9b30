#include "models/journey/read.h"

#include "models/journey/fields.h"
#include "models/journey/normalise.h"
#include "models/journey/references.h"
#include "models/journey/validate.h"

#include <filesystem>
#include <system_error>

namespace sojourn::models {
namespace {

/// The keys of another kind of file would only be a list of unknown keys.
bool is_scenario(const Tree& tree, Diagnostics& diagnostics) {
  const Tree* title = tree.find("scenario");
  if (!title || tree.find("touchpoints")) return false;
  diagnostics.error(title->mark, "this is a scenario, and a journey is needed here",
                    "a scenario only says what is changed in a journey",
                    "Name the journey first, and scenarios after it");
  return true;
}

}  // namespace

JourneyFile read_journey(const Source& source) {
  JourneyFile file;
  file.source = source;
  Diagnostics& problems = file.warnings;
  file.tree = parse_tree(source, problems);
  if (!is_scenario(file.tree, problems) && validate(file.tree, journey_record(), problems)) {
    normalise(file.tree, journey_record());
    if (!file.tree.cut_short) check_references(file.tree, problems);
  }
  problems.refuse_if_errors();
  return file;
}

JourneyFile read_journey_file(const std::string& path) {
  JourneyFile file = read_journey(read_source(path));
  std::error_code unknown;
  file.canonical = std::filesystem::canonical(path, unknown).string();
  return file;
}

}  // namespace sojourn::models
