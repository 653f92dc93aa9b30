#include "engine/store/detail/file_bytes.h"

#include "engine/base/io_error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>

namespace sojourn::engine::detail {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  operator int() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace

std::string read_bytes(const std::string& path, std::size_t most) {
  const auto fail = [&](const char* operation) { throw IoError(Access::read, operation, path, errno); };
  if (path.find('\0') != std::string::npos) throw IoError(Access::read, "open", path, EINVAL);
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file < 0) fail("open");
  struct stat status {};
  if (::fstat(file, &status) != 0) fail("look at it");
  if (S_ISDIR(status.st_mode)) throw IoError(Access::read, "open", path, EISDIR);
  if (!S_ISREG(status.st_mode)) throw IoError(Access::read, "open", path, "it is not a regular file", "");
  if (static_cast<std::uintmax_t>(status.st_size) > most) {
    throw IoError(Access::read, "open", path, "it is larger than " + std::to_string(most >> 20) + " MiB",
                  "Is it the right file?");
  }
  // Read until the end, wherever that is by now: a file may grow or shrink meanwhile.
  std::string bytes(static_cast<std::size_t>(status.st_size) + 1, '\0');
  std::size_t filled = 0;
  while (true) {
    if (filled == bytes.size()) bytes.resize(filled + (1u << 16));
    const ssize_t got = ::read(file, bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read");
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled > most) throw IoError(Access::read, "read", path, "it grows without end", "");
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace sojourn::engine::detail
