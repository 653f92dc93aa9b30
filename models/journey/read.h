#pragma once
// From a journey file to a journey: parse, validate with the field table, write short forms out, check references.

#include "models/journey/journey.h"
#include "models/text/tree.h"

#include <string>

namespace sojourn::models {

/// A journey file that is valid. Personas' overrides are checked, but not applied: see models/change/views.h.
struct JourneyFile {
  Source source;          // source->name is the path as the user wrote it
  std::string canonical;  // the file's canonical path; empty for a journey that came from memory
  Tree tree;              // normalised: short forms written out, unwritten fields unwritten
  Diagnostics warnings;
};

/// Throws MissingFile, or InputError with every problem of the file.
JourneyFile read_journey_file(const std::string& path);

/// The same for a text that is in memory already. `canonical` stays empty.
JourneyFile read_journey(const Source& source);

/// The typed journey of a normalised and valid tree, every default filled in. `overrides` are not looked at.
/// Labels and names that are not written are the ids; `abandoned` is among the outcomes.
Journey typed_journey(const Tree& tree);

/// The distribution at a part of a normalised and valid tree. Times in milliseconds where `quantity` is a time.
enum class Quantity;
Distribution typed_distribution(const Tree& tree, Quantity quantity);

}  // namespace sojourn::models
