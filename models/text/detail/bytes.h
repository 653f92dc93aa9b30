#pragma once
// The bytes of a file before any grammar: UTF-8, no controls, no tabs as indentation, no endless lines.

#include "models/text/detail/places.h"

#include <optional>
#include <string>
#include <string_view>

namespace sojourn::models::detail {

/// What is plainly not one of our files, whatever its bytes are: "UTF-16", "a gzip archive" ...; empty for a text.
std::string_view foreign_kind(std::string_view text);

struct CheckedBytes {
  bool parseable = true;
  /// Set where some bytes had to be replaced, one for one, so that a parser can go on and find what else is wrong.
  std::optional<std::string> mended;
};

/// Reports every kind of wrong byte: the first few with their places, the rest counted.
CheckedBytes check_bytes(const Source& source, Diagnostics& diagnostics);

}  // namespace sojourn::models::detail
