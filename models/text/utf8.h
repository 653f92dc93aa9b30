#pragma once
// UTF-8 as bytes that may be wrong: decoding, and showing text from a file without letting it steer the terminal.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sojourn::models {

/// One decoded code point. Where the bytes are not UTF-8 (overlong, a surrogate, above U+10FFFF, cut off, a stray
/// byte), `valid` is false, `length` is 1 and `value` the byte.
struct CodePoint {
  char32_t value = 0;
  unsigned length = 1;  // bytes
  bool valid = true;
};

/// Decodes at text[at]; at < text.size().
CodePoint decode(std::string_view text, std::size_t at);

/// Appends a code point as UTF-8.
void encode(char32_t value, std::string& to);

/// Code points in the text; each byte that is not UTF-8 counts as one.
std::size_t count_code_points(std::string_view text);

/// C0 controls (tab, line feed and carriage return too), delete and C1 controls.
bool is_control(char32_t value);

/// Characters that are not seen but change what is: bidirectional controls, zero-width characters, line and paragraph
/// separators, byte order marks, variation and tag characters, noncharacters (U+FFFE and its like).
bool is_invisible(char32_t value);

/// Terminal columns: 0 for combining marks, 2 for the wide East Asian and emoji blocks, else 1. Block-wise, not
/// character by character: good enough to stand under.
unsigned display_width(char32_t value);

/// A code point as it may be printed: itself, or \t, \x1b, \u202e, \U000e0041 where it is a control or invisible, and
/// \xff for a byte that is not UTF-8.
std::string printable(CodePoint point);

/// The text with every code point made printable.
std::string printable(std::string_view text);

/// Quoted for a message: 'text', printable, cut after 60 code points.
std::string quoted(std::string_view text);

}  // namespace sojourn::models
