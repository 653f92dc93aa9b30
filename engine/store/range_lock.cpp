#include "engine/store/range_lock.h"

#include "engine/base/contract.h"
#include "engine/base/io_error.h"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>

namespace sojourn::engine {
namespace {

constexpr useconds_t kPause = 50'000;
constexpr int kTries = 60;  // three seconds of pauses

}  // namespace

InUse::InUse(const std::string& folder, std::uint64_t first, std::uint64_t last)
    : text_(printable_path(folder) + ": error: another process is working on it (on some of the units " +
            std::to_string(first) + " to " + std::to_string(last - 1) +
            "). Wait for it or stop it, or give each its own part with --shard") {}

RangeLock::RangeLock(const std::string& folder, std::uint64_t first, std::uint64_t last, Taken taken) {
  SOJOURN_EXPECT(first <= last && last < std::uint64_t{1} << 62, "a range of numbers below 2^62");
  if (first == last) return;  // to the kernel a length of 0 would be everything
  const std::string path = path_in(folder);
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor_ < 0) throw IoError(Access::write, "open the lock", path, errno);
  struct flock part = {};
  part.l_type = F_WRLCK;
  part.l_whence = SEEK_SET;
  part.l_start = static_cast<off_t>(first);
  part.l_len = static_cast<off_t>(last - first);
  const int command = taken == Taken::wait ? F_OFD_SETLKW : F_OFD_SETLK;
  int result = ::fcntl(descriptor_, command, &part);
  for (int tries = 0; result != 0;) {
    const bool again = (errno == EAGAIN || errno == EACCES) && taken == Taken::wait_a_moment && tries++ < kTries;
    if (!again && errno != EINTR) break;
    if (again) ::usleep(kPause);
    result = ::fcntl(descriptor_, command, &part);
  }
  if (result == 0) return;
  const int error = errno;
  ::close(descriptor_);
  if (error == EAGAIN || error == EACCES) throw InUse(folder, first, last);
  throw IoError(Access::write, "lock", path, error);
}

RangeLock::~RangeLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace sojourn::engine
