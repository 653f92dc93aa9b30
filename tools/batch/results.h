#pragma once
// All rows of a study as one document. RESULTS.md says what it holds.

#include "engine/store/archive.h"
#include "engine/store/hdf5_stream.h"
#include "tools/batch/merged_rows.h"
#include "tools/batch/study_work.h"

#include <optional>
#include <string>
#include <vector>

namespace sojourn::tools {

inline constexpr std::string_view kStudyFileType = "sojourn study";

inline constexpr std::string_view kJourneys = "journeys";  // the group of single journeys

/// The document without what grows with its runs, and what is to be put there: for each row the values of `tables` in their order, and
/// the columns of its journeys. It holds no clock, host, path, or number of threads: equal studies give equal bytes.
struct StudyDocument {
  engine::Archive head;
  std::vector<engine::Variable> tables;         // [table of the layout] without values
  std::vector<engine::StreamedGroup> journeys;  // one where rows of agents are kept
};
StudyDocument study_document(const StudyWork& work, const RowFacts& facts);

/// How much of a kept study is taken into memory; single journeys never are.
enum class StudyParts { head, overall, all_figures };
/// `head`: no figures; `overall`: those that its page and its analysis need. Throws as engine::read_hdf5.
engine::Archive read_study(const std::string& path, StudyParts parts);
/// Whether a variable of a study is among its parts.
bool is_part(const engine::Variable& variable, StudyParts parts);

/// Whether it is the document of a study.
bool is_study_archive(const engine::Archive& archive);
/// What a study's page needs of its result; nothing where the file is no HDF5, or the result of something else. Throws as read_study.
std::optional<engine::Archive> kept_study(const std::string& path);
/// The digest of the study that it is of; empty where it is of none.
std::string study_digest(const engine::Archive& archive);
/// Whether it is what the study gives now, to the title and the comments.
bool is_up_to_date(const engine::Archive& archive, const StudyWork& work);

}  // namespace sojourn::tools
