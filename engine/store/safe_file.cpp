#include "engine/store/safe_file.h"

#include "engine/base/contract.h"
#include "engine/store/temporary.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

namespace sojourn::engine {
namespace {

/// N for /dev/stdout, /dev/stderr, /dev/fd/N and /proc/self/fd/N. Opening such a name again would start at the
/// beginning of what it was redirected to, and fails for a socket.
std::optional<int> own_descriptor(const std::string& path) {
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    int number = -1;
    const char* end = path.data() + path.size();
    const auto [rest, error] = std::from_chars(path.data() + folder.size(), end, number);
    if (error == std::errc() && rest == end && number >= 0) return number;
  }
  return std::nullopt;
}

struct Target {
  enum class Kind { file, descriptor, stream };
  Kind kind = Kind::file;
  std::string file;  // symbolic links followed
  int descriptor = -1;
  unsigned mode = 0;  // permissions of the file that is there
};

/// Looks, and opens nothing.
Target look_at(const std::string& path, Existing existing) {
  const auto fail = [&](int error) { throw IoError(Access::write, "look at it", path, error); };
  if (path.empty()) fail(ENOENT);
  if (path.find('\0') != std::string::npos) fail(EINVAL);
  Target target;
  if (const auto descriptor = own_descriptor(path)) {
    target.kind = Target::Kind::descriptor;
    target.descriptor = *descriptor;
    return target;
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) fail(errno);
    if (path.ends_with('/')) fail(EISDIR);
  } else if (S_ISDIR(status.st_mode)) {
    fail(EISDIR);
  } else if (S_ISBLK(status.st_mode)) {
    throw IoError(Access::write, "look at it", path, "it is a disk, whose content would be lost", "Name a file");
  } else if (!S_ISREG(status.st_mode)) {
    target.kind = Target::Kind::stream;
    return target;
  } else if (existing == Existing::refuse) {
    throw TargetExists(path);
  } else {
    target.mode = status.st_mode & 0777;
  }
  target.file = follow_links(path);
  return target;
}

/// flush() of a regular file or a folder; a file system that cannot flush folders says EINVAL.
int flush(int descriptor) {
  int result = ::fsync(descriptor);
  while (result != 0 && errno == EINTR) result = ::fsync(descriptor);
  return result;
}

}  // namespace

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string follow_links(std::string path) {
  for (int links = 0; links < 40; ++links) {
    std::vector<char> to(PATH_MAX + 1);
    const ssize_t length = ::readlink(path.c_str(), to.data(), to.size());
    if (length < 0) break;  // not a link (EINVAL) or not there
    const std::string next(to.data(), static_cast<std::size_t>(length));
    path = next.starts_with('/') ? next : folder_of(path) + "/" + next;
  }
  return path;
}

SafeFile::SafeFile(std::string path, Existing existing) : path_(std::move(path)), existing_(existing) {
  const Target target = look_at(path_, existing_);
  target_ = target.file;
  mode_ = target.mode;
  switch (target.kind) {
    case Target::Kind::file: make_temporary(); break;
    case Target::Kind::descriptor:
      descriptor_ = ::fcntl(target.descriptor, F_DUPFD_CLOEXEC, 0);
      if (descriptor_ < 0) fail("open", errno);
      break;
    case Target::Kind::stream:
      descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
      if (descriptor_ < 0) fail("open", errno);
      break;
  }
}

SafeFile::~SafeFile() { discard(); }

void SafeFile::discard() noexcept {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  temporary_.clear();
  if (lock_ >= 0) ::close(lock_);
  lock_ = -1;
}

void SafeFile::fail(const char* operation, int error_number) const {
  throw IoError(Access::write, operation, path_, error_number);
}

void SafeFile::make_temporary() {
  // A name that an earlier process of the same number left behind, or that a thread has taken at this moment, is passed over.
  const std::string start = temporary_start(target_) + std::to_string(::getpid()) + "-";
  for (int attempt = 0; attempt < 10000; ++attempt) {
    const std::string candidate = start + std::to_string(attempt) + ".tmp";
    descriptor_ = ::open(candidate.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ >= 0) {
      lock_ = hold_temporary(descriptor_, candidate);
      if (lock_ < 0) {
        ::close(std::exchange(descriptor_, -1));
        continue;
      }
      temporary_ = candidate;
      break;
    }
    if (errno != EEXIST && errno != EINTR) fail("make a temporary file beside it", errno);
  }
  if (descriptor_ < 0) fail("make a temporary file beside it", EEXIST);
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) {
    const int error = errno;
    discard();
    fail("look at the temporary file", error);
  }
  if (mode_ != 0 && (status.st_mode & 0777) != mode_ && ::fchmod(descriptor_, mode_) != 0) {
    const int error = errno;
    discard();
    fail("keep its permissions", error);
  }
}

void SafeFile::write(std::string_view bytes) {
  SOJOURN_EXPECT(descriptor_ >= 0, "a file that is committed is written no more");
  const char* from = bytes.data();
  std::size_t left = bytes.size();
  while (left > 0) {
    const ssize_t done = ::write(descriptor_, from, left);
    if (done < 0 && errno == EINTR && !is_written_through()) continue;
    if (done < 0) fail("write", errno);
    if (done == 0) fail("write", EIO);
    from += done;
    left -= static_cast<std::size_t>(done);
  }
  if (!is_written_through()) written_.update(bytes);
}

void SafeFile::write_at(std::uint64_t offset, std::string_view bytes) {
  SOJOURN_EXPECT(descriptor_ >= 0 && !is_written_through(), "a temporary file that is not committed");
  const std::uint64_t first = offset;
  while (!bytes.empty()) {
    const ssize_t done = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) fail("write", errno);
    if (done == 0) fail("write", EIO);
    offset += static_cast<std::uint64_t>(done);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  // The device begins at once with what is large, beside what is done here; whether it can, flush() finds out.
  constexpr std::uint64_t large = 1 << 18;
  if (offset - first >= large)
    ::sync_file_range(descriptor_, static_cast<off_t>(first), static_cast<off_t>(offset - first),
                      SYNC_FILE_RANGE_WRITE);
}

void SafeFile::read_at(std::uint64_t offset, std::span<char> into) const {
  SOJOURN_EXPECT(descriptor_ >= 0 && !is_written_through(), "a temporary file that is not committed");
  while (!into.empty()) {
    const ssize_t got = ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail("read it back", got < 0 ? errno : EIO);
    offset += static_cast<std::uint64_t>(got);
    into = into.subspan(static_cast<std::size_t>(got));
  }
}

void SafeFile::flush() {
  SOJOURN_EXPECT(descriptor_ >= 0, "a file that is committed is flushed no more");
  if (engine::flush(descriptor_) != 0) fail("flush to the device", errno);
}

void SafeFile::commit_verified() {
  SOJOURN_EXPECT(!is_written_through(), "a file that can be read back");
  close_checked();
  publish();
}

void SafeFile::close_checked() {
  const int descriptor = std::exchange(descriptor_, -1);
  // The descriptor is gone whatever close says. EINTR is no loss: the content is flushed, or was handed to the pipe.
  if (::close(descriptor) != 0 && errno != EINTR) fail("close", errno);
}

void SafeFile::commit() {
  SOJOURN_EXPECT(descriptor_ >= 0, "a file is committed once");
  if (is_written_through()) return close_checked();
  if (engine::flush(descriptor_) != 0) fail("flush to the device", errno);
  close_checked();
  verify();
  publish();
}

void SafeFile::verify() {
  descriptor_ = ::open(temporary_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail("open it again", errno);
  Sha256 found;
  std::vector<char> buffer(1u << 18);
  while (true) {
    const ssize_t got = ::read(descriptor_, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read it back", errno);
    if (got == 0) break;
    found.update({buffer.data(), static_cast<std::size_t>(got)});
  }
  close_checked();
  if (found.digest() != written_.digest()) {
    throw IoError(Access::write, "read it back", path_, "it is not what was written",
                  "The device may be failing: write somewhere else");
  }
}

void SafeFile::publish() {
  const char* from = temporary_.c_str();
  const char* to = target_.c_str();
  int result = 0;
  if (existing_ == Existing::replace) {
    result = ::rename(from, to);
  } else {
    result = ::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
    if (result != 0 && (errno == EINVAL || errno == ENOSYS)) {
      // A file system without that flag (NFS): a hard link refuses what is there, too.
      result = ::link(from, to);
      if (result == 0) ::unlink(from);
    }
    if (result != 0 && errno == EEXIST) throw TargetExists(path_);
  }
  if (result != 0) fail("put it in place", errno);
  temporary_.clear();
  ::close(std::exchange(lock_, -1));

  // A folder that may be written but not listed cannot be opened, hence not flushed; its file is there all the same.
  const int folder = ::open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) {
    if (errno == EACCES) return;
    fail("open its folder", errno);
  }
  const int flushed = engine::flush(folder);
  const int error = errno;
  ::close(folder);
  if (flushed != 0 && error != EINVAL) fail("flush its folder to the device", error);
}

void write_file(const std::string& path, Existing existing, std::string_view bytes) {
  SafeFile file(path, existing);
  file.write(bytes);
  file.commit();
}

void check_target(const std::string& path, Existing existing) {
  const Target target = look_at(path, existing);
  if (target.kind == Target::Kind::file) {
    const SafeFile probe(path, existing);
  } else if (target.kind == Target::Kind::stream && ::access(path.c_str(), W_OK) != 0) {
    throw IoError(Access::write, "open", path, errno);
  } else if (target.kind == Target::Kind::descriptor && ::fcntl(target.descriptor, F_GETFD) < 0) {
    throw IoError(Access::write, "open", path, errno);
  }
}

void make_folder(const std::string& path) {
  if (path.empty()) throw IoError(Access::write, "make the folder", path, ENOENT);
  if (::mkdir(path.c_str(), 0777) == 0) return;
  const int error = errno;
  struct stat status {};
  if (error == EEXIST && ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return;
  throw IoError(Access::write, "make the folder", path, error == EEXIST ? ENOTDIR : error);
}

}  // namespace sojourn::engine
