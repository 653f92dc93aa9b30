#include "engine/store/detail/byte_source.h"

#include "engine/base/contract.h"
#include "engine/base/io_error.h"
#include "engine/base/sha256.h"
#include "engine/store/detail/memory_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

namespace sojourn::engine::detail {

FileHandle MemorySource::open(const Calls& call) {
  const PropertiesHandle access(call(H5Pcreate(H5P_FILE_ACCESS)));
  call(H5Pset_fapl_core(access, 1 << 16, false));
  // HDF5 copies the bytes, and changes only its copy.
  call(H5Pset_file_image(access, const_cast<char*>(bytes_.data()), bytes_.size()));
  return FileHandle(call(H5Fopen(memory_name(this).c_str(), H5F_ACC_RDONLY, access)));
}

FileSource::FileSource(std::string path) : path_(std::move(path)) {
  if (path_.find('\0') != std::string::npos) throw IoError(Access::read, "open", path_, EINVAL);
  descriptor_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor_ < 0) throw IoError(Access::read, "open", path_, errno);
  struct stat status {};
  const int error = ::fstat(descriptor_, &status) != 0 ? errno : S_ISDIR(status.st_mode) ? EISDIR : 0;
  if (error == 0 && S_ISREG(status.st_mode)) {
    length_ = static_cast<std::uint64_t>(status.st_size);
    return;
  }
  ::close(descriptor_);
  if (error != 0) throw IoError(Access::read, "open", path_, error);
  throw IoError(Access::read, "open", path_, "it is not a regular file", "");
}

FileSource::~FileSource() { ::close(descriptor_); }

void FileSource::read(std::uint64_t offset, std::span<char> into) {
  while (!into.empty()) {
    const ssize_t got = ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw IoError(Access::read, "read", path_, errno);
    if (got == 0) throw IoError(Access::read, "read", path_, "it ends before its end", "It may be being written");
    offset += static_cast<std::uint64_t>(got);
    into = into.subspan(static_cast<std::size_t>(got));
  }
}

void FileSource::write(std::uint64_t, std::string_view) { SOJOURN_ENSURE(false, "a file that is read is not written"); }

std::string FileSource::read(std::uint64_t offset, std::size_t count) {
  std::string bytes(count, '\0');
  read(offset, std::span<char>(bytes));
  return bytes;
}

Seal FileSource::check() {
  if (length_ < kSealSize) return Seal::missing;
  const std::string seal = read(size(), kSealSize);
  if (!std::string_view(seal).substr(1).starts_with(kSealWords)) return Seal::missing;
  Sha256 sum;
  std::vector<char> buffer(1 << 20);
  for (std::uint64_t at = 0; at < size();) {
    const std::span<char> into = std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), size() - at));
    read(at, into);
    sum.update({into.data(), into.size()});
    at += into.size();
  }
  return seal == seal_of(sum.digest()) ? Seal::whole : Seal::broken;
}

FileHandle FileSource::open(const Calls& call) {
  const PropertiesHandle access = DeviceFile::access(call);
  return FileHandle(call(H5Fopen(memory_name(this).c_str(), H5F_ACC_RDONLY, access)));
}

}  // namespace sojourn::engine::detail
