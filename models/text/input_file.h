#pragma once
// A file that is read: opened strictly, and handed out piece by piece.

#include "models/text/diagnostic.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace sojourn::models {

/// The file that is not there or cannot be read, and why in the system's number.
class UnreadableFile : public MissingFile {
 public:
  UnreadableFile(std::string text, std::string path, int error_number)
      : MissingFile(std::move(text)), path_(std::move(path)), error_number_(error_number) {}
  const std::string& path() const { return path_; }   // as the user wrote it
  int error_number() const { return error_number_; }  // errno

 private:
  std::string path_;
  int error_number_;
};

/// Only regular files. Throws UnreadableFile, from reading too.
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
