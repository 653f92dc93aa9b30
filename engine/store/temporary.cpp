#include "engine/store/temporary.h"

#include "engine/store/safe_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace sojourn::engine {
namespace {

namespace fs = std::filesystem;

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// PID-N.tmp
bool is_rest(std::string_view text) {
  if (!text.ends_with(".tmp")) return false;
  text.remove_suffix(4);
  const std::size_t dash = text.find('-');
  return dash != std::string_view::npos && is_number(text.substr(0, dash)) && is_number(text.substr(dash + 1));
}

/// Whether the name still is that of what is open.
bool is_named(int descriptor, const std::string& path) {
  struct stat open {};
  struct stat named {};
  return ::fstat(descriptor, &open) == 0 && ::lstat(path.c_str(), &named) == 0 && open.st_ino == named.st_ino &&
         open.st_dev == named.st_dev;
}

void sweep(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  const bool folder = fs::is_directory(status);
  if (error || (!folder && !fs::is_regular_file(status))) return;
  const int mode = folder ? O_RDONLY | O_DIRECTORY : O_RDWR;
  const int descriptor = ::open(path.c_str(), mode | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return;
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && is_named(descriptor, path)) fs::remove_all(path, error);
  ::close(descriptor);
}

}  // namespace

std::string temporary_start(const std::string& target) {
  const std::size_t slash = target.rfind('/');
  const std::string name = slash == std::string::npos ? target : target.substr(slash + 1);
  // 200 bytes of the name leave room for the rest within the 255 that a file system allows.
  return folder_of(target) + "/." + name.substr(0, 200) + ".";
}

int hold_temporary(int descriptor, const std::string& path) {
  const int lock = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (lock < 0) return lock;
  const bool taken = ::flock(lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;  // by a sweep, at this moment
  if (!taken && is_named(lock, path)) return lock;
  ::close(lock);
  return -1;
}

void sweep_temporaries(const std::string& target) noexcept {
  try {
    const std::string start = temporary_start(follow_links(target));
    const std::string folder = folder_of(start), name = start.substr(folder.size() + 1);
    std::error_code error;
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
      const std::string found = entry->path().filename().string();
      if (found.starts_with(name) && is_rest(std::string_view(found).substr(name.size()))) sweep(entry->path());
    }
  } catch (...) {  // memory or a name that is none: what is stale takes room, and harms nobody
  }
}

}  // namespace sojourn::engine
