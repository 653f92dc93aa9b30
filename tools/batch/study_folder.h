#pragma once
// The folder in which a study grows: a manifest that says what it is, a lock, and the units that are done.
//
//   STUDY.batch/manifest         engine/store/manifest.h
//   STUDY.batch/lock             engine/store/range_lock.h
//   STUDY.batch/units/*.unit     engine/store/unit_file.h
//   STUDY.batch/failures.csv     rows that failed; only where there are any

#include "engine/store/manifest.h"
#include "engine/store/unit_file.h"
#include "tools/batch/rows.h"
#include "tools/batch/unit_plan.h"

#include <functional>
#include <string>
#include <vector>

namespace sojourn::tools {

/// A unit that was there and cannot be used.
struct BadUnit {
  std::uint64_t unit = 0;
  std::string why;
};

class StudyFolder {
 public:
  /// Opens no file yet.
  StudyFolder(std::string path, engine::Manifest manifest, UnitPlan plan);

  const std::string& path() const { return path_; }
  const UnitPlan& plan() const { return plan_; }
  std::string units_path() const { return path_ + "/units"; }

  /// Makes the folder where there is none, and puts the manifest there. Throws engine::TargetExists where something else
  /// is there, FormatError where it holds another study (`study`: its file), naming what differs and both values.
  void open_for_writing(const std::string& study) const;
  /// Throws MissingFile where there is no such folder, FormatError as above.
  void open_for_reading(const std::string& study) const;

  /// The rows of a unit, each with the digest that it must have; where they cannot be used the problem says why.
  struct Reading {
    std::vector<Row> rows;
    std::string problem;
  };
  using DigestOf = std::function<std::string(std::uint64_t row)>;
  Reading read(std::uint64_t unit, const DigestOf& digest_of) const;

  void write(std::uint64_t unit, const std::vector<Row>& rows) const;
  void sweep(IndexRange units) const { units_.sweep(units.first, units.last); }

 private:
  void compare_manifest(const std::string& study) const;

  std::string path_;
  engine::Manifest manifest_;
  UnitPlan plan_;
  engine::UnitFolder units_;
};

/// How many units of the study of this manifest a folder has, whole or not; 0 where there is none, or it is another study's. Throws IoError,
/// and FormatError where its manifest is damaged.
std::uint64_t count_units_in(const std::string& folder, const engine::Manifest& manifest);

/// Every row in the units of a folder, whatever study it was of, by digest: for a study that goes on with what another one has. Damaged
/// units are passed over.
void each_row_in(const std::string& folder, const std::function<void(Row)>& on_row);

}  // namespace sojourn::tools
