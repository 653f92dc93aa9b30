#include "models/text/input_file.h"

#include "models/text/utf8.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace sojourn::models {
namespace {

std::string reason(int error) {
  switch (error) {
    case ENOENT: return "there is no such file";
    case ENOTDIR: return "a part of its path is not a folder";
    case EACCES: return "permission denied";
    case ELOOP: return "its symbolic links lead in a circle";
    case ENAMETOOLONG: return "its name is too long";
    case ENXIO: return "it is not a regular file";
    default: return std::strerror(error);
  }
}

[[noreturn]] void missing(const std::string& path, int error, const std::string& why) {
  throw UnreadableFile(printable(path) + ": error: cannot read the file (" + why + ")", path, error);
}

[[noreturn]] void missing(const std::string& path, int error) { missing(path, error, reason(error)); }

/// Closes what was opened if the constructor throws.
struct Opened {
  int descriptor;
  ~Opened() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

}  // namespace

InputFile::InputFile(const std::string& path) : path_(path) {
  if (path.empty()) throw UnreadableFile("error: the name of a file is empty", path, ENOENT);
  if (path.find('\0') != std::string::npos) missing(path, EINVAL, "its name holds a NUL");
  // Not blocking: opening a pipe that nobody writes to must not hang.
  Opened opened{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  if (opened.descriptor < 0) missing(path, errno);
  struct stat status {};
  if (::fstat(opened.descriptor, &status) != 0) missing(path, errno);
  if (S_ISDIR(status.st_mode)) missing(path, EISDIR, "it is a folder");
  if (!S_ISREG(status.st_mode)) missing(path, EINVAL, "it is not a regular file");
  size_ = static_cast<std::uintmax_t>(status.st_size);
  descriptor_ = opened.descriptor;
  opened.descriptor = -1;
}

InputFile::~InputFile() { ::close(descriptor_); }

std::size_t InputFile::read(char* to, std::size_t room) {
  while (true) {
    const ssize_t got = ::read(descriptor_, to, room);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) missing(path_, errno);
  }
}

}  // namespace sojourn::models
