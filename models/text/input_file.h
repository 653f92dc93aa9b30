#pragma once
// A file that is read: opened strictly, and handed out piece by piece.

#include <cstddef>
#include <cstdint>
#include <string>

namespace sojourn::models {

/// Only regular files. Throws MissingFile, from reading too.
class InputFile {
 public:
  explicit InputFile(const std::string& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  const std::string& path() const { return path_; }
  /// Bytes, when it was opened. Those of /proc say 0.
  std::uintmax_t size() const { return size_; }
  /// Fills at most `room` bytes; 0 at the end.
  std::size_t read(char* to, std::size_t room);

 private:
  std::string path_;
  std::uintmax_t size_ = 0;
  int descriptor_ = -1;
};

}  // namespace sojourn::models
