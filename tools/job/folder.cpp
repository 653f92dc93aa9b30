#include "tools/job/folder.h"

#include "engine/store/temporary.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace sojourn::tools {
namespace {

namespace fs = std::filesystem;
using engine::Access;
using engine::Existing;
using engine::IoError;

/// Without slashes at the end, so that it has a name and something it stands in.
std::string plain(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

enum class Found { nothing, empty_folder, folder, something_else };

Found look_at(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return Found::nothing;
  if (status.type() == fs::file_type::none) throw IoError(Access::write, "look at it", path, error.value());
  if (status.type() != fs::file_type::directory) return Found::something_else;
  const bool empty = fs::is_empty(path, error);
  if (error) throw IoError(Access::write, "look into it", path, error.value());
  return empty ? Found::empty_folder : Found::folder;
}

/// A folder that goes away again unless it is put in place.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& target) : target_(target) {
    const std::string start = engine::temporary_start(target) + std::to_string(::getpid()) + "-";
    for (int attempt = 0; attempt < 10000; ++attempt) {
      std::error_code error;
      const std::string candidate = start + std::to_string(attempt) + ".tmp";
      if (fs::create_directory(candidate, error)) {
        if (!hold(candidate)) continue;
        path_ = candidate;
        return;
      }
      if (error) throw IoError(Access::write, "make a folder beside it", target, error.value());
    }
    throw IoError(Access::write, "make a folder beside it", target, EEXIST);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
    if (lock_ >= 0) ::close(lock_);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  void put_in_place() {
    std::error_code error;
    fs::rename(path_, target_, error);  // an empty folder gives way, anything else does not
    if (error) throw IoError(Access::write, "put it in place", target_, error.value());
    path_.clear();
    ::close(std::exchange(lock_, -1));
  }

 private:
  /// False where a sweep came first.
  bool hold(const std::string& candidate) {
    const int folder = ::open(candidate.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return false;
    lock_ = engine::hold_temporary(folder, candidate);
    ::close(folder);
    return lock_ >= 0;
  }

  std::string target_;
  std::string path_;
  int lock_ = -1;  // holds the folder (engine/store/temporary.h)
};

}  // namespace

void check_folder(const std::string& path, Existing existing) {
  const std::string target = plain(path);
  switch (look_at(target)) {
    case Found::something_else: throw engine::TargetExists(target);
    case Found::folder:
      if (existing == Existing::refuse) throw engine::TargetExists(target);
      engine::check_target(target + "/overall.csv", Existing::replace);
      break;
    case Found::nothing:
    case Found::empty_folder: const TemporaryFolder probe(target); break;
  }
}

void write_folder(const std::string& path, Existing existing, const std::vector<TextFile>& files,
                  std::span<const std::string_view> ours) {
  const std::string target = plain(path);
  const Found found = look_at(target);
  if (found == Found::something_else) throw engine::TargetExists(target);
  if (found == Found::folder) {
    if (existing == Existing::refuse) throw engine::TargetExists(target);
    std::vector<std::unique_ptr<engine::SafeFile>> open;
    for (const TextFile& file : files) {
      engine::sweep_temporaries(target + "/" + file.name);
      open.push_back(std::make_unique<engine::SafeFile>(target + "/" + file.name, Existing::replace));
      open.back()->write(file.text);
    }
    for (const auto& file : open) file->commit();
    for (const std::string_view name : ours) {
      if (std::ranges::any_of(files, [&](const TextFile& file) { return file.name == name; })) continue;
      const std::string stale = target + "/" + std::string(name);
      std::error_code error;
      fs::remove(stale, error);
      if (error) throw IoError(Access::write, "take away what belongs to another result", stale, error.value());
    }
    return;
  }
  TemporaryFolder folder(target);
  for (const TextFile& file : files) engine::write_file(folder.path() + "/" + file.name, Existing::refuse, file.text);
  folder.put_in_place();
}

}  // namespace sojourn::tools
