#pragma once
// Results as labelled arrays, and back. engine/store/FORMAT.md says what the file holds; the names are those of
// models/score/metrics.h.

#include "engine/store/archive.h"
#include "models/score/result.h"

#include <string>

namespace sojourn::tools {

/// Everything in the result but the folders of the files that went in. It holds no clock, host, path or thread count,
/// so equal results give equal files. Taken by value: it is walked through with the same code that reads.
engine::Archive archive_of(models::RunResult result);
engine::Archive archive_of(models::CompareResult result);

enum class ResultKind { run, compare };

/// What is in it. Throws engine::FormatError, naming `file`, where it is no result of ours or one of another major
/// version.
ResultKind kind_of(const engine::Archive& archive, const std::string& file);

/// The result that was written, up to the folders of files, and up to entries of a touchpoint's pains, flow and
/// channels in which no figure exists: these are left out. Throws engine::FormatError as kind_of does, also where the
/// file holds the other kind of result or contradicts itself.
models::RunResult read_run(const engine::Archive& archive, const std::string& file);
models::CompareResult read_compare(const engine::Archive& archive, const std::string& file);

}  // namespace sojourn::tools
