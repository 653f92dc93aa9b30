#include "engine/base/io_error.h"

#include <cerrno>
#include <system_error>
#include <utility>

namespace sojourn::engine {
namespace {

std::string reason_of(int error_number) {
  switch (error_number) {
    case ENOENT: return "there is no such file or folder";
    case ENOTDIR: return "a part of its path is not a folder";
    case EISDIR: return "it is a folder";
    case EACCES:
    case EPERM: return "permission denied";
    case EROFS: return "it lies on a read-only file system";
    case ENOSPC: return "no space left on the device";
    case EDQUOT: return "the disk quota is used up";
    case EFBIG: return "it would be larger than is allowed here";
    case ENAMETOOLONG: return "its name is too long";
    case ELOOP: return "its symbolic links lead in a circle";
    case EPIPE: return "nobody reads from the pipe any more";
    case EINTR: return "interrupted by a signal";
    default: return std::generic_category().message(error_number);
  }
}

std::string remedy_for(Access access, int error_number) {
  if (access == Access::read) return error_number == EIO ? "The device may be failing" : "";
  switch (error_number) {
    case ENOSPC:
    case EDQUOT: return "Free some space there, or write somewhere else";
    case EACCES:
    case EPERM:
    case EROFS: return "Write to a folder that is yours";
    case ENOENT:
    case ENOTDIR: return "Make its folder first";
    case EISDIR: return "Name a file in it";
    case EFBIG: return "Raise the limit (ulimit -f), or write to another file system";
    case ENAMETOOLONG:
    case ELOOP: return "Give another name";
    case EIO: return "The device may be failing: write somewhere else";
    default: return "";
  }
}

}  // namespace

IoError::IoError(Access access, std::string operation, std::string path, int error_number)
    : access_(access),
      operation_(std::move(operation)),
      path_(std::move(path)),
      error_number_(error_number),
      reason_(reason_of(error_number)),
      remedy_(remedy_for(access, error_number)) {
  compose();
}

IoError::IoError(Access access, std::string operation, std::string path, std::string reason, std::string remedy)
    : access_(access),
      operation_(std::move(operation)),
      path_(std::move(path)),
      reason_(std::move(reason)),
      remedy_(std::move(remedy)) {
  compose();
}

void IoError::compose() {
  text_ = printable_path(path_) + ": error: cannot " + (access_ == Access::read ? "read" : "write") + " the file (" +
          operation_ + ": " + reason_ + ")";
  if (!remedy_.empty()) text_ += ". " + remedy_;
}

TargetExists::TargetExists(std::string path)
    : path_(std::move(path)),
      text_(printable_path(path_) + ": error: the file is there already (it would be lost). " +
            "Write to another name, or remove it first") {}

std::string printable_path(const std::string& path) {
  constexpr char digits[] = "0123456789abcdef";
  std::string shown;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) {
      shown += c;
    } else {
      shown += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return shown.empty() ? "''" : shown;
}

}  // namespace sojourn::engine
