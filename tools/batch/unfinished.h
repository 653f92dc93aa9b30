#pragma once
// A study that still runs, or was interrupted, as far as it goes: what its page shows of it.

#include "engine/store/archive.h"
#include "tools/batch/merged_rows.h"
#include "tools/report/study_part.h"

namespace sojourn::tools {

/// What a study's page needs of its result (StudyParts::overall); NaN where a run is not there yet.
engine::Archive unfinished_study(const StudyWork& work, MergedRows& rows);

/// Which units are there. Nothing of a study that is complete.
std::optional<StudyProgress> progress_of(const StudyWork& work, const MergedRows& rows);

}  // namespace sojourn::tools
