#pragma once
// A scenario file: what is changed, in which journey, why, and what it costs.

#include "models/change/change.h"

#include <string>
#include <vector>

namespace sojourn::models {

struct ScenarioFile {
  Source source;          // source->name is the path as the user wrote it
  std::string canonical;  // the file's canonical path; empty for a scenario that came from memory
  std::string title;
  std::string because;
  std::string journey;  // as written
  Mark journey_mark;
  std::string journey_canonical;    // the journey file at the end of the chain
  std::vector<ScenarioFile> bases;  // the scenarios it stands on, the one nearest to the journey first
  std::vector<Change> changes;
  double cost_once = 0;  // money, of this scenario without its bases
  double cost_per_journey = 0;
  Tree uncertain;  // the section as written; an empty map where there is none
  Diagnostics warnings;
};

/// Reads a scenario and the scenarios that it stands on. The journey's path is relative to the scenario's folder. The
/// journey itself is not read, so that addresses are checked only by build_case. Throws MissingFile or InputError.
ScenarioFile read_scenario_file(const std::string& path);

/// The same for a text that is in memory already and stands in `folder`.
ScenarioFile read_scenario(const Source& source, const std::string& folder);

/// What the file is meant as, by its top-level keys: `study:`, `outcomes:` or `start:` (a journey), `scenario:`.
enum class FileKind { journey, scenario, study, unknown };
FileKind kind_of(const Source& source);

}  // namespace sojourn::models
