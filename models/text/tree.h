#pragma once
// The strict subset of YAML that the files are written in, as a tree whose every part knows where it stands.

#include "models/text/diagnostic.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

inline constexpr std::size_t largest_file = std::size_t{64} << 20;   // bytes
inline constexpr std::size_t longest_line = std::size_t{4} << 20;    // bytes
inline constexpr std::size_t longest_scalar = std::size_t{1} << 20;  // bytes
inline constexpr std::size_t longest_key = std::size_t{4} << 10;     // bytes
inline constexpr std::size_t deepest_nesting = 64;                   // maps and lists around a scalar
inline constexpr std::size_t most_nodes = 5'000'000;                 // keys count too

/// A scalar (always kept as written), a map in file order, or a list. `mark` of an entry is the mark of its key.
/// A value that is not written at all (`key:` and no more) is an empty scalar without quotes, marked at its key.
struct Tree {
  enum class Kind { scalar, map, list };
  struct Entry;

  Kind kind = Kind::scalar;
  Mark mark;
  std::string scalar;
  bool quoted = false;         // written in quotes: text, never a number or a boolean
  bool cut_short = false;      // root only: a problem ended the reading early; what is missing may be unread
  std::vector<Entry> entries;  // of a map; keys are unique
  std::vector<Tree> items;     // of a list

  bool is_map() const { return kind == Kind::map; }
  /// Nothing, `~` or `null`, without quotes.
  bool is_null() const;
  const Tree* find(std::string_view key) const;
  Tree* find(std::string_view key);
};

struct Tree::Entry {
  std::string key;
  Mark mark;
  Tree value;
};

/// Reads a file whole. MissingFile for what is not a readable regular file; InputError above 64 MB.
Source read_source(const std::string& path);

/// Parses one document whose top level is a map. Everything that the strict subset forbids (duplicate keys, anchors,
/// aliases, tags, merge keys, second documents, directives, invalid UTF-8, NUL and control characters, empty and
/// non-scalar keys, empty list items, text after the end of a quote, more than the limits above, ...) is reported to
/// `diagnostics` with its place; the tree holds what could be read, and of a key written twice the first. An error of
/// grammar costs the part of the top level that it stands in; the parts behind it are read. The source must not begin
/// with a byte order mark (read_source takes it off).
Tree parse_tree(const Source& source, Diagnostics& diagnostics);

}  // namespace sojourn::models
