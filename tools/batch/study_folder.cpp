#include "tools/batch/study_folder.h"

#include "engine/base/io_error.h"
#include "engine/store/format_error.h"
#include "engine/store/range_lock.h"
#include "engine/store/safe_file.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>

namespace sojourn::tools {
namespace {

namespace fs = std::filesystem;
using engine::Access;
using engine::Existing;
using engine::FormatError;
using engine::IoError;

std::string manifest_in(const std::string& folder) { return folder + "/manifest"; }

/// What a process that was killed before the manifest was in place can have left.
bool is_ours(const std::string& name) {
  return name == "lock" || name == "units" || (name.starts_with(".manifest.") && name.ends_with(".tmp"));
}

/// Before anything is made in it: a folder that has something, and no manifest.
void refuse_foreign(const std::string& folder) {
  std::error_code error;
  bool foreign = false;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name == "manifest") return;
    foreign = foreign || !is_ours(name);
  }
  if (error) throw IoError(Access::write, "list it", folder, error.value());
  if (foreign) throw engine::TargetExists(folder);
}

/// Held while the manifest is written; units have smaller numbers.
constexpr std::uint64_t kManifestLock = std::uint64_t{1} << 61;

/// Takes away what a process left that was killed while it wrote the manifest.
void sweep_manifest(const std::string& folder) {
  std::vector<fs::path> stale;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(".manifest.") && name.ends_with(".tmp")) stale.push_back(entry.path());
  }
  for (const fs::path& one : stale) fs::remove(one, error);
  if (error) throw IoError(Access::write, "tidy it", folder, error.value());
}

/// A digest is told by its first digits, anything else whole.
std::string shown(const std::string& value) {
  if (value.empty()) return "nothing";
  return value.size() == 64 ? value : "'" + value + "'";
}

}  // namespace

StudyFolder::StudyFolder(std::string path, engine::Manifest manifest, UnitPlan plan)
    : path_(std::move(path)),
      manifest_(std::move(manifest)),
      plan_(plan),
      units_(path_ + "/units", engine::digest_of(manifest_)) {}

void StudyFolder::compare_manifest(const std::string& study) const {
  const auto list = engine::differences(engine::read_manifest(manifest_in(path_)), manifest_);
  if (list.empty()) return;
  std::string why;
  for (const engine::ManifestDifference& one : list) {
    why += (why.empty() ? "" : "; ") + one.name + ": " + shown(one.there) + " there, " + shown(one.here) + " now";
  }
  throw FormatError(
      path_, "the folder holds the units of another study than " + engine::printable_path(study) + " is now", why,
      "Restore what was changed, begin anew with --dir NEW, or go on with what still fits: --fork NEW");
}

void StudyFolder::open_for_writing(const std::string& study) const {
  engine::make_folder(path_);
  std::error_code error;
  refuse_foreign(path_);
  const engine::RangeLock alone(path_, kManifestLock, kManifestLock + 1, engine::RangeLock::Taken::wait);
  sweep_manifest(path_);
  if (!fs::exists(manifest_in(path_), error)) {
    if (error) throw IoError(Access::write, "look at it", manifest_in(path_), error.value());
    engine::make_folder(units_path());
    engine::write_file(manifest_in(path_), Existing::refuse, engine::manifest_text(manifest_));
    return;
  }
  engine::make_folder(units_path());
  compare_manifest(study);
}

void StudyFolder::open_for_reading(const std::string& study) const { compare_manifest(study); }

StudyFolder::Reading StudyFolder::read(std::uint64_t unit, const DigestOf& digest_of) const {
  const engine::UnitReading reading = units_.read(unit);
  if (!reading.whole()) return {{}, reading.problem};
  auto rows = rows_of_payload(reading.payload);
  const IndexRange range = plan_.rows_of(unit);
  if (!rows || rows->size() != range.size()) return {{}, "its rows cannot be read"};
  for (std::uint64_t i = 0; i < range.size(); ++i) {
    if ((*rows)[i].digest != digest_of(range.first + i)) return {{}, "its rows are others"};
  }
  return {std::move(*rows), ""};
}

void StudyFolder::write(std::uint64_t unit, const std::vector<Row>& rows) const {
  units_.write(unit, rows_payload(rows));
}

std::uint64_t count_units_in(const std::string& folder, const engine::Manifest& manifest) {
  std::error_code error;
  if (!fs::exists(manifest_in(folder), error)) return 0;
  if (!engine::differences(engine::read_manifest(manifest_in(folder)), manifest).empty()) return 0;
  std::uint64_t count = 0;
  for (const auto& entry : fs::directory_iterator(folder + "/units", error)) {
    const std::string name = entry.path().filename().string();
    count += name.ends_with(".unit") && !name.starts_with('.') ? 1 : 0;
  }
  return count;
}

void each_row_in(const std::string& folder, const std::function<void(Row)>& on_row) {
  const engine::UnitFolder units(folder + "/units", std::string(64, '0'));
  std::error_code error;
  std::vector<std::uint64_t> found;
  for (const auto& entry : fs::directory_iterator(folder + "/units", error)) {
    const std::string name = entry.path().filename().string();
    std::uint64_t unit = 0;
    const auto [end, refused] = std::from_chars(name.data(), name.data() + name.size(), unit);
    if (refused == std::errc() && std::string_view(end) == ".unit") found.push_back(unit);
  }
  if (error) throw IoError(Access::read, "list it", folder + "/units", error.value());
  std::ranges::sort(found);
  for (const std::uint64_t unit : found) {
    for (Row& row : rows_of_payload(units.read_any(unit).payload).value_or(std::vector<Row>{})) on_row(std::move(row));
  }
}

}  // namespace sojourn::tools
