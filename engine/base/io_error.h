#pragma once
// What the world outside refused: a file that cannot be written or read. Never a mistake in what a file says.

#include <exception>
#include <string>

namespace sojourn::engine {

enum class Access { read, write };

/// A file, pipe or device that cannot be read or written; the program ends with exit 74 (66 where Access::read and
/// there is no such file).
class IoError : public std::exception {
 public:
  /// `operation` is what was tried ("fsync", "make a temporary file beside it"), `error_number` the errno it left.
  IoError(Access access, std::string operation, std::string path, int error_number);
  /// Where no errno says why: `reason` does, in a few words.
  IoError(Access access, std::string operation, std::string path, std::string reason, std::string remedy);

  Access access() const { return access_; }
  const std::string& operation() const { return operation_; }
  const std::string& path() const { return path_; }
  int error_number() const { return error_number_; }  // 0: none
  const std::string& reason() const { return reason_; }
  const std::string& remedy() const { return remedy_; }  // a sentence without its full stop; may be empty
  /// `path: error: cannot write the file (operation: reason). Remedy`, with control characters of the path escaped.
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  void compose();

  Access access_;
  std::string operation_;
  std::string path_;
  int error_number_ = 0;
  std::string reason_;
  std::string remedy_;
  std::string text_;
};

/// A target that is there already and was not to be replaced (exit 73).
class TargetExists : public std::exception {
 public:
  explicit TargetExists(std::string path);
  const std::string& path() const { return path_; }
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string path_;
  std::string text_;
};

/// A path as it may be printed: control characters as \x1b.
std::string printable_path(const std::string& path);

}  // namespace sojourn::engine
