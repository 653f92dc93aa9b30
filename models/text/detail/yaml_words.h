#pragma once
// What yaml-cpp complains about, in the words of the people who write the files.

#include "models/text/reading.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace sojourn::models::detail {

/// Where the parser stood when it gave up. Offsets are in bytes.
struct Stop {
  std::string_view text;                    // the file
  std::size_t offset = 0;                   // of the complaint
  std::size_t last = 0;                     // of the last part that was read whole
  bool last_was_quoted = false;             // it was a text in quotes
  std::optional<std::size_t> open_bracket;  // the innermost '{' or '[' that was not closed yet
};

struct Words {
  std::size_t offset = 0;  // the better place for the caret
  Refusal refusal;
  std::optional<std::size_t> opened;  // a bracket to be named as still open
};

/// An anchor or alias at text[offset].
Refusal reference_words(std::string_view text, std::size_t offset);

/// The anchor's or alias's name with its sign.
std::string_view reference_at(std::string_view text, std::size_t offset);

/// A quote at text[open] that never ends.
Refusal unclosed_quote_words(std::string_view text, std::size_t open);

/// A tag.
Refusal tag_words();

/// `message` is yaml-cpp's own.
Words words_for(std::string_view message, const Stop& stop);

/// A key and its value without the space between: `p:1`.
Refusal glued_words();

/// ~, null, Null and NULL.
bool is_null_word(std::string_view word);

/// Where a quote that begins at text[open] ends (the offset after it); nothing if it never does.
std::optional<std::size_t> end_of_quote(std::string_view text, std::size_t open);

}  // namespace sojourn::models::detail
