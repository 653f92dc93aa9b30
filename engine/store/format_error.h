#pragma once
// A file that is not what it should be.

#include <exception>
#include <string>

namespace sojourn::engine {

/// A result file that cannot be taken: cut off, damaged, changed, of another kind or of another version (exit 65).
class FormatError : public std::exception {
 public:
  /// `what (why). suggestion`, the last two may be empty.
  FormatError(std::string file, std::string what, std::string why = {}, std::string suggestion = {});
  const std::string& file() const { return file_; }
  /// `file: error: what (why). Suggestion`, with control characters escaped.
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string file_;
  std::string text_;
};

}  // namespace sojourn::engine
