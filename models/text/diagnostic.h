#pragma once
// What is wrong with a file, said once per problem: where, what, why it matters, and what would be right.

#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <vector>

namespace sojourn::models {

/// A file that was read whole, kept so that a diagnostic can show its line.
struct SourceText {
  std::string name;  // as the user wrote the path
  std::string text;  // UTF-8, without a byte order mark
};
using Source = std::shared_ptr<const SourceText>;

/// A place in a file. line and column count from 1, the column in Unicode code points; 0 means the file as a whole.
struct Mark {
  Source source;
  std::size_t line = 0;
  std::size_t column = 0;
  std::size_t length = 1;  // code points to underline
};

struct Diagnostic {
  enum class Severity { warning, error };
  Severity severity = Severity::error;
  Mark mark;
  std::string what;        // "unknown key 'shaer' in persona 'mia'"
  std::string why;         // "a key that is not read would be silently lost"; may be empty
  std::string suggestion;  // "Did you mean 'share'?"; may be empty
};

/// `file:line:col: error: what (why). Suggestion`, then the line and a caret. Control characters, escape sequences and
/// bidirectional controls of the file are shown escaped.
std::string format(const Diagnostic& diagnostic);

/// Collects everything that is wrong before anything is refused.
class Diagnostics {
 public:
  void error(Mark mark, std::string what, std::string why = {}, std::string suggestion = {});
  void warning(Mark mark, std::string what, std::string why = {}, std::string suggestion = {});
  /// Those of `other` after these; what `other` only counted is counted.
  void append(const Diagnostics& other);
  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  /// The first `kept` of them, in the order found; the others are counted only.
  const std::vector<Diagnostic>& list() const { return list_; }
  /// So many already that one more will hardly be shown: not worth a costly suggestion.
  bool crowded() const { return list_.size() >= 200; }
  /// No more are kept: time to stop looking.
  bool full() const { return list_.size() >= kept; }
  static constexpr std::size_t kept = 1000;
  /// All problems in file, line and column order, the first `limit` of them whole, the rest counted.
  std::string format(std::size_t limit = 50) const;
  /// Throws InputError if there is an error among them.
  void refuse_if_errors() const;

 private:
  void add(Diagnostic diagnostic);

  std::vector<Diagnostic> list_;
  std::size_t errors_ = 0;
  std::size_t unkept_ = 0;
};

/// A user's mistake in a file (exit 65). what() is the formatted list.
class InputError : public std::exception {
 public:
  explicit InputError(Diagnostics diagnostics);
  const Diagnostics& diagnostics() const { return diagnostics_; }
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  Diagnostics diagnostics_;
  std::string text_;
};

/// A file that is not there or cannot be read (exit 66).
class MissingFile : public std::exception {
 public:
  explicit MissingFile(std::string text) : text_(std::move(text)) {}
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

}  // namespace sojourn::models
