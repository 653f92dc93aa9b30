#include "tools/doctor/place.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <vector>

namespace sojourn::tools {
namespace {

std::string reason(int error) { return std::generic_category().message(error); }

/// Closed at the end.
struct Descriptor {
  explicit Descriptor(int number_) : number(number_) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  int number;
};

/// Two descriptors of one new file, which has no name any more. -1 with errno where there can be none.
struct TwoDescriptors {
  explicit TwoDescriptors(const std::string& folder) : first(nameless(folder)), second(again(first.number)) {}
  Descriptor first, second;

 private:
  static int nameless(const std::string& folder) {
    const int direct = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (direct >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return direct;
    // A file system that cannot make files without a name.
    std::string name = folder + "/.sojourn-doctor.XXXXXX";
    const int named = ::mkstemp(name.data());
    if (named >= 0) ::unlink(name.c_str());
    return named;
  }
  static int again(int descriptor) {
    if (descriptor < 0) return -1;
    return ::open(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), O_RDWR | O_CLOEXEC);
  }
};

/// As engine/store/range_lock.cpp takes one.
int lock_range(int descriptor) {
  struct flock part = {};
  part.l_type = F_WRLCK;
  part.l_whence = SEEK_SET;
  part.l_len = 1;
  return ::fcntl(descriptor, F_OFD_SETLK, &part);
}

/// Whether a lock of the first keeps the second out; why not, where it does not. Both kinds that the program takes.
std::string why_no_locks(const TwoDescriptors& file) {
  if (lock_range(file.first.number) != 0 || ::flock(file.first.number, LOCK_EX | LOCK_NB) != 0) return reason(errno);
  if (file.second.number < 0) return reason(errno);
  const bool kept_out = lock_range(file.second.number) != 0 && ::flock(file.second.number, LOCK_EX | LOCK_NB) != 0;
  return kept_out ? "" : "a lock keeps nobody out";
}

}  // namespace

Place look_at_place(const std::string& path) {
  Place place;
  place.path = path;
  struct statvfs disk = {};
  if (::statvfs(path.c_str(), &disk) == 0) place.free_bytes = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  const TwoDescriptors file(path);
  if (file.first.number < 0) {
    place.not_written = reason(errno);
    return place;
  }
  const std::vector<char> block(4096, 'x');
  const ssize_t written = ::write(file.first.number, block.data(), block.size());
  if (written != static_cast<ssize_t>(block.size())) {
    place.not_written = reason(written < 0 ? errno : ENOSPC);
    return place;
  }
  place.not_locked = why_no_locks(file);
  return place;
}

}  // namespace sojourn::tools
