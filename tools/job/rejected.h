#pragma once
// The file of rows that could not be read, which appears with the first of them.

#include "engine/store/safe_file.h"
#include "models/data/rejects.h"

#include <optional>
#include <string>

namespace sojourn::tools {

class RejectedFile {
 public:
  /// Without a path nothing is kept.
  RejectedFile(std::optional<std::string> path, engine::Existing existing)
      : path_(std::move(path)), existing_(existing) {}

  /// Collects the rows of one input.
  models::Rejects of(const std::string& input);
  /// As Rejects does (InputError); the rows are kept then too.
  void refuse_if_too_many(const models::Rejects& rejects, models::BadRows allowed, const std::string& input);
  /// Puts it in place, if there is anything in it.
  void commit();
  /// Its path; empty where nothing is kept.
  std::string name() const { return path_.value_or(""); }
  bool has_rows() const { return file_.has_value(); }

 private:
  std::optional<std::string> path_;
  engine::Existing existing_;
  std::optional<engine::SafeFile> file_;
};

}  // namespace sojourn::tools
