#pragma once
// A file that appears whole or not at all.

#include "engine/base/io_error.h"
#include "engine/base/sha256.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sojourn::engine {

/// What to do about a file that is there already.
enum class Existing { refuse, replace };

/// Collects a file in a temporary one beside it (`.NAME.PID-N.tmp`) and puts it in place by commit(): until then the
/// target is as it was, and whoever looks sees the old file or the new one, whole. An object that ends without
/// commit(), also because an exception passes, takes its temporary file along. Only a killed process can leave one
/// behind, and sweep_temporaries() takes that away (engine/store/temporary.h).
///
/// A symbolic link is followed, and stays. Pipes and character devices are written through, since there is nothing to
/// rename: what is written is out at once, Existing does not matter, and an interrupting signal ends the wait for a
/// reader with EINTR. /dev/stdout, /dev/stderr and /dev/fd/N mean the open descriptor, also where a shell redirected it
/// to a file.
///
/// Every step's result is checked; every failure is an IoError, or a TargetExists.
class SafeFile {
 public:
  /// Makes the temporary file, so that a folder that cannot be written is known before there is anything to write.
  explicit SafeFile(std::string path, Existing existing = Existing::refuse);
  ~SafeFile();
  SafeFile(const SafeFile&) = delete;
  SafeFile& operator=(const SafeFile&) = delete;

  /// Appends.
  void write(std::string_view bytes);

  /// Flushes to the device, reads the file back and compares digests, puts it in place (atomically: with
  /// Existing::refuse a file that appeared meanwhile is not replaced either) and flushes the folder. Nothing can be
  /// written afterwards.
  void commit();

  /// For a file that is not made from front to back, and not written through. Who writes so reads back what there is, compares, and
  /// flushes, before commit_verified(), which only puts it in place.
  void write_at(std::uint64_t offset, std::string_view bytes);
  /// Fills `into`; throws where the file ends before.
  void read_at(std::uint64_t offset, std::span<char> into) const;
  void flush();
  void commit_verified();

  const std::string& path() const { return path_; }  // as given
  bool is_written_through() const { return temporary_.empty(); }

 private:
  void make_temporary();
  void verify();
  void publish();
  void close_checked();
  void discard() noexcept;
  [[noreturn]] void fail(const char* operation, int error_number) const;

  std::string path_;
  Existing existing_;
  std::string target_;     // path_ with symbolic links followed
  std::string temporary_;  // empty: written through
  int descriptor_ = -1;
  int lock_ = -1;      // holds the temporary file (engine/store/temporary.h)
  unsigned mode_ = 0;  // permissions of the file that is replaced; 0: a new file's
  Sha256 written_;
};

/// A whole file in one go.
void write_file(const std::string& path, Existing existing, std::string_view bytes);

/// Throws what SafeFile(path, existing) would throw, and leaves nothing behind: to ask before long work. A pipe is not
/// opened.
void check_target(const std::string& path, Existing existing);

/// Makes the folder if it is not there; those above it must be.
void make_folder(const std::string& path);

/// Where a file is kept: beside its target, so that one rename puts it in place. "." for a bare name.
std::string folder_of(const std::string& path);

/// The end of a chain of symbolic links, which need not exist. At most as many as the system follows itself.
std::string follow_links(std::string path);

}  // namespace sojourn::engine
