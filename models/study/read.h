#pragma once
// From a study file, and the files that it names, to a study.

#include "models/study/study.h"

namespace sojourn::models {

/// Reads the study, its journey, its scenarios and the table of a `list` design; paths are relative to the study's folder. Throws
/// MissingFile for the study itself, InputError with every problem: of the files, of addresses that lead to no number, of
/// values out of range, of a design that does not go with the factors. The posterior is only named: Plan takes it.
Study read_study_file(const std::string& path);

/// The same for a text that is in memory already and stands in `folder`.
Study read_study(const Source& source, const std::string& folder);

}  // namespace sojourn::models
