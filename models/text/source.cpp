// read_source: the only place where the models read a file.

#include "models/text/tree.h"
#include "models/text/utf8.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <string>

namespace sojourn::models {
namespace {

class File {
 public:
  // Not blocking: opening a pipe that nobody writes to must not hang.
  explicit File(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

[[noreturn]] void missing(const std::string& path, const std::string& why) {
  throw MissingFile(printable(path) + ": error: cannot read the file (" + why + ")");
}

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

[[noreturn]] void too_large(Source source) {
  Diagnostics diagnostics;
  diagnostics.error({std::move(source), 0, 0, 1}, "the file is larger than 64 MB",
                    "nothing that people write by hand comes near it", "Is it the right file?");
  throw InputError(std::move(diagnostics));
}

}  // namespace

Source read_source(const std::string& path) {
  if (path.empty()) throw MissingFile("error: the name of a file is empty");
  if (path.find('\0') != std::string::npos) missing(path, "its name holds a NUL");
  const File file(path);
  if (file.descriptor() < 0) missing(path, reason(errno));
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0) missing(path, reason(errno));
  if (S_ISDIR(status.st_mode)) missing(path, "it is a folder");
  if (!S_ISREG(status.st_mode)) missing(path, "it is not a regular file");

  auto source = std::make_shared<SourceText>();
  source->name = path;
  if (static_cast<std::uintmax_t>(status.st_size) > largest_file) too_large(source);
  std::string& text = source->text;
  // What counts is what is read: a file may grow meanwhile, and those of /proc say 0.
  std::size_t filled = 0;
  text.resize(static_cast<std::size_t>(status.st_size) + 1);
  while (true) {
    if (filled == text.size()) text.resize(filled + (1u << 16));
    const ssize_t got = ::read(file.descriptor(), text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) missing(path, reason(errno));
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled > largest_file) {
      text.clear();
      too_large(source);
    }
  }
  text.resize(filled);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return source;
}

}  // namespace sojourn::models
