#pragma once
// The rows of a study from the folders in which its units lie.

#include "tools/batch/study_folder.h"
#include "tools/batch/study_work.h"

#include <map>
#include <string>
#include <vector>

namespace sojourn::tools {

/// What is known of all rows before they are asked for.
struct RowFacts {
  std::vector<std::uint64_t> agents;              // [row] that travelled
  std::map<std::uint64_t, std::string> failures;  // of rows that came to nothing: why
};

class MergedRows {
 public:
  /// Looks at every unit. Throws engine::IoError or FormatError where a folder is of another study, and FormatError where two folders
  /// have a unit whose rows differ. `study`: its file.
  MergedRows(const StudyWork& work, const std::string& study, const std::vector<std::string>& folders);

  /// Units that no folder has whole.
  const std::vector<BadUnit>& missing() const { return missing_; }
  const RowFacts& facts() const { return facts_; }
  /// Whether a folder has the row's unit whole.
  bool has(std::uint64_t row) const { return whose_[row / work_.unit_plan().rows_per_unit] < folders_.size(); }
  /// Throws FormatError that says which are missing.
  void expect_complete() const;
  /// In ascending order it reads each unit once. Throws FormatError where the unit is no longer what it was. Only of a row that has() says is there.
  const Row& row(std::uint64_t row);

 private:
  void note(std::uint64_t unit, const std::vector<Row>& rows);

  const StudyWork& work_;
  std::string study_;
  std::vector<StudyFolder> folders_;
  std::vector<std::size_t> whose_;  // [unit] folder
  std::vector<BadUnit> missing_;
  RowFacts facts_;
  std::uint64_t unit_ = UINT64_MAX;  // that is in hand
  std::vector<Row> rows_;
};

/// "3, 5 to 9, 12", at most so many parts.
std::string ranges_in_words(const std::vector<std::uint64_t>& ascending, std::size_t most = 8);

}  // namespace sojourn::tools
