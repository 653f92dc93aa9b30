#include "models/text/detail/bytes.h"

#include "models/text/tree.h"
#include "models/text/utf8.h"

#include <string_view>

namespace sojourn::models::detail {
namespace {

constexpr std::size_t shown_of_a_kind = 10;
constexpr char filler = '_';  // stands for a wrong byte; means nothing in YAML

/// Counts problems of one kind, so that only the first few are reported one by one.
class Kind {
 public:
  /// Whether the problem at this offset is to be reported.
  bool next(std::size_t offset) {
    if (++count_ == shown_of_a_kind + 1) rest_ = offset;
    return count_ <= shown_of_a_kind;
  }
  /// Reports how many more there were, where they begin.
  void close(TextPlaces& places, Diagnostics& diagnostics, const std::string& what) const {
    if (count_ <= shown_of_a_kind) return;
    diagnostics.error(places.at(rest_), std::to_string(count_ - shown_of_a_kind) + " more " + what + " from here on");
  }

 private:
  std::size_t count_ = 0;
  std::size_t rest_ = 0;
};

class Checker {
 public:
  Checker(const Source& source, Diagnostics& diagnostics)
      : source_(source),
        text_(source->text),
        diagnostics_(diagnostics),
        places_(source),
        line_feeds_(text_.find('\n') != std::string::npos) {}

  CheckedBytes check() {
    if (const std::string_view kind = foreign_kind(text_); !kind.empty()) {
      const bool unicode = kind.starts_with("UTF");
      diagnostics_.error({source_, 0, 0, 1},
                         "the file is " + std::string(kind) + (unicode ? ", not UTF-8" : ", not YAML"), "",
                         unicode ? "Save it as UTF-8" : "Is it the right file?");
      checked_.parseable = false;
      return std::move(checked_);
    }
    for (std::size_t at = 0; at < text_.size();) {
      if (at == line_start_) line_begins();
      const unsigned char byte = static_cast<unsigned char>(text_[at]);
      if (byte >= 0x20 && byte < 0x7F) {
        ++at;
      } else {
        at += special(at);
      }
    }
    line_ends(text_.size());
    wrong_runs_.close(places_, diagnostics_, "places that are not UTF-8");
    controls_.close(places_, diagnostics_, "control characters");
    returns_.close(places_, diagnostics_, "carriage returns without a line feed");
    tabs_.close(places_, diagnostics_, "lines with a tab in the indentation");
    directives_.close(places_, diagnostics_, "lines that start with '%'");
    return std::move(checked_);
  }

 private:
  void mend(std::size_t at, std::size_t length, char with) {
    if (!checked_.mended) checked_.mended = text_;
    for (std::size_t i = 0; i < length; ++i) (*checked_.mended)[at + i] = with;
  }

  /// Looks at how a line starts: a directive, or tabs.
  void line_begins() {
    if (line_start_ < text_.size() && text_[line_start_] == '%') {
      if (directives_.next(line_start_)) {
        diagnostics_.error(places_.at(line_start_), "a line starts with '%'",
                           "directives such as %YAML are not part of these files",
                           "Remove the line; text that starts with '%' needs quotes and another place");
      }
      mend(line_start_, 1, '#');
    }
    const std::size_t content = text_.find_first_not_of(" \t", line_start_);
    if (content == std::string::npos || text_[content] == '\n' || text_[content] == '\r' || text_[content] == '#')
      return;
    const std::size_t tab = std::string_view(text_).substr(0, content).find('\t', line_start_);
    if (tab == std::string_view::npos) return;
    // With a tab in it, the depth of a line is anybody's guess, and so is everything below.
    checked_.parseable = false;
    if (tabs_.next(tab)) {
      diagnostics_.error(places_.at(tab), "a tab in the indentation", "the depth of a line is counted in spaces",
                         "Use two spaces for each level");
    }
  }

  void line_ends(std::size_t end) {
    if (end - line_start_ > longest_line) {
      diagnostics_.error(places_.at(line_start_), "a line longer than 4 MB", "", "Break the line");
      checked_.parseable = false;
    }
  }

  /// A byte that is not plain ASCII text; gives the length of what was looked at.
  std::size_t special(std::size_t at) {
    const CodePoint point = decode(text_, at);
    if (!point.valid) {
      const std::size_t length = wrong_length(at);
      if (wrong_runs_.next(at)) wrong_bytes(at, length);
      mend(at, length, filler);
      return length;
    }
    if (point.value == '\n') {
      line_ends(at);
      line_start_ = at + 1;
    } else if (point.value == '\r') {
      if (at + 1 < text_.size() && text_[at + 1] == '\n') return 1;
      if (returns_.next(at)) {
        diagnostics_.error(places_.at(at), "a carriage return (CR) without a line feed",
                           "old Mac line ends and stray CRs hide where a line ends",
                           "Save the file with LF or CRLF line ends");
      }
      mend(at, 1, line_feeds_ ? ' ' : '\n');
    } else if (point.value != '\t' && (is_control(point.value) || (point.value & 0xFFFE) == 0xFFFE)) {
      if (controls_.next(at)) {
        const bool nul = point.value == 0;
        diagnostics_.error(places_.at(at), nul ? "a NUL byte" : "the control character " + printable(point),
                           nul ? "this is not a text file, or it is damaged" : "it would not be seen in a report",
                           nul ? "" : "Remove it");
      }
      mend(at, point.length, filler);
    }
    return point.length;
  }

  /// A lead byte and those that would continue it are wrong together.
  std::size_t wrong_length(std::size_t at) const {
    const unsigned char lead = static_cast<unsigned char>(text_[at]);
    const std::size_t most = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    std::size_t length = 1;
    while (length < most && at + length < text_.size() &&
           (static_cast<unsigned char>(text_[at + length]) & 0xC0) == 0x80)
      ++length;
    return length;
  }

  void wrong_bytes(std::size_t at, std::size_t length) {
    std::string bytes;
    for (std::size_t i = 0; i < length; ++i) {
      bytes += printable(CodePoint{static_cast<unsigned char>(text_[at + i]), 1, false});
    }
    const unsigned char byte = static_cast<unsigned char>(text_[at]);
    std::string letter;
    if (length == 1 && byte >= 0xC0) encode(byte, letter);
    diagnostics_.error(places_.at(at, length),
                       (length == 1 ? "the byte " : "the bytes ") + bytes + " at offset " + std::to_string(at) +
                           (length == 1 ? " is" : " are") + " not UTF-8",
                       "the files are UTF-8 text",
                       letter.empty() ? "Save the file as UTF-8"
                                      : "Save the file as UTF-8 if this should be '" + letter + "' (Latin-1)");
  }

  const Source& source_;
  const std::string& text_;
  Diagnostics& diagnostics_;
  TextPlaces places_;
  CheckedBytes checked_;
  bool line_feeds_;  // the file has some: a lone CR in it does not end a line
  std::size_t line_start_ = 0;
  Kind wrong_runs_, controls_, returns_, tabs_, directives_;
};

}  // namespace

std::string_view foreign_kind(std::string_view text) {
  using namespace std::string_view_literals;
  if (text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32";
  if (text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv)) return "UTF-16";
  if (text.starts_with("\x1F\x8B"sv)) return "a gzip archive";
  if (text.starts_with("PK\x03\x04"sv)) return "a zip archive or an office document";
  if (text.starts_with("%PDF-"sv)) return "a PDF document";
  if (text.starts_with("\x89HDF"sv)) return "an HDF5 file";
  if (text.starts_with("\x7F"
                       "ELF"sv))
    return "a program";
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start != std::string_view::npos && text[start] == '<' && start + 1 < text.size() && text[start + 1] != '<')
    return "HTML or XML";
  // Without a byte order mark, UTF-16 and UTF-32 of ASCII give themselves away by the zeros.
  if (text.size() >= 4 && text[0] == '\0' && text[1] != '\0' && text[2] == '\0' && text[3] != '\0') return "UTF-16";
  if (text.size() >= 4 && text[0] != '\0' && text[1] == '\0' && text[2] != '\0' && text[3] == '\0') return "UTF-16";
  return {};
}

CheckedBytes check_bytes(const Source& source, Diagnostics& diagnostics) {
  return Checker(source, diagnostics).check();
}

}  // namespace sojourn::models::detail
