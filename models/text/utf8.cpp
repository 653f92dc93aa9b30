#include "models/text/utf8.h"

#include <algorithm>
#include <array>

namespace sojourn::models {
namespace {

constexpr std::size_t longest_quote = 60;  // code points

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t value) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), value,
                                      [](char32_t v, const Range& range) { return v < range.first; });
  return after != ranges.begin() && value <= std::prev(after)->last;
}

constexpr std::array<Range, 15> invisible = {{
    {0x00AD, 0x00AD},    // soft hyphen
    {0x034F, 0x034F},    // combining grapheme joiner
    {0x061C, 0x061C},    // Arabic letter mark
    {0x115F, 0x1160},    // Hangul fillers
    {0x17B4, 0x17B5},    // Khmer inherent vowels
    {0x180B, 0x180F},    // Mongolian variation selectors
    {0x200B, 0x200F},    // zero width, direction marks
    {0x2028, 0x202E},    // separators, bidirectional controls
    {0x2060, 0x206F},    // word joiner, bidirectional isolates
    {0x3164, 0x3164},    // Hangul filler
    {0xFE00, 0xFE0F},    // variation selectors
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFA0, 0xFFA0},    // half-width Hangul filler
    {0xFFF9, 0xFFFB},    // annotation marks
    {0xE0000, 0xE0FFF},  // tags, variation selectors
}};

constexpr std::array<Range, 8> combining = {{
    {0x0300, 0x036F},  // diacritics
    {0x0483, 0x0489},  // Cyrillic
    {0x0591, 0x05BD},  // Hebrew
    {0x064B, 0x065F},  // Arabic
    {0x1AB0, 0x1AFF},  // diacritics extended
    {0x1DC0, 0x1DFF},  // diacritics supplement
    {0x20D0, 0x20FF},  // for symbols
    {0xFE20, 0xFE2F},  // half marks
}};

constexpr std::array<Range, 17> wide = {{
    {0x1100, 0x115E},    // Hangul leading consonants
    {0x231A, 0x231B},    // watch, hourglass
    {0x2E80, 0x303E},    // CJK radicals, punctuation
    {0x3041, 0x33FF},    // kana and CJK letters
    {0x3400, 0x4DBF},    // CJK extension A
    {0x4E00, 0x9FFF},    // CJK
    {0xA000, 0xA4CF},    // Yi
    {0xA960, 0xA97C},    // Hangul extended
    {0xAC00, 0xD7A3},    // Hangul
    {0xF900, 0xFAFF},    // CJK compatibility
    {0xFE30, 0xFE6F},    // CJK compatibility forms
    {0xFF00, 0xFF60},    // full-width forms
    {0xFFE0, 0xFFE6},    // full-width signs
    {0x1F300, 0x1F64F},  // pictographs
    {0x1F680, 0x1F6FF},  // transport
    {0x1F900, 0x1F9FF},  // more pictographs
    {0x20000, 0x3FFFD},  // CJK extensions
}};

unsigned char byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

std::string hexadecimal(char32_t value, int digits) {
  std::string text;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) text += "0123456789abcdef"[(value >> shift) & 15];
  return text;
}

}  // namespace

CodePoint decode(std::string_view text, std::size_t at) {
  const unsigned char lead = byte_at(text, at);
  if (lead < 0x80) return {lead, 1, true};
  const CodePoint wrong{lead, 1, false};
  const unsigned length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return wrong;
  char32_t value = lead & (0x7Fu >> length);
  for (unsigned i = 1; i < length; ++i) {
    const unsigned char next = byte_at(text, at + i);
    if ((next & 0xC0) != 0x80) return wrong;
    value = (value << 6) | (next & 0x3Fu);
  }
  const char32_t least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return wrong;
  return {value, length, true};
}

void encode(char32_t value, std::string& to) {
  const auto tail = [&](int shift) { to += static_cast<char>(0x80 | ((value >> shift) & 0x3F)); };
  if (value < 0x80) {
    to += static_cast<char>(value);
  } else if (value < 0x800) {
    to += static_cast<char>(0xC0 | (value >> 6));
    tail(0);
  } else if (value < 0x10000) {
    to += static_cast<char>(0xE0 | (value >> 12));
    tail(6), tail(0);
  } else {
    to += static_cast<char>(0xF0 | (value >> 18));
    tail(12), tail(6), tail(0);
  }
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode(text, at).length) ++count;
  return count;
}

bool is_control(char32_t value) { return value < 0x20 || (value >= 0x7F && value < 0xA0); }

bool is_invisible(char32_t value) { return value >= 0xAD && (within(invisible, value) || (value & 0xFFFE) == 0xFFFE); }

unsigned display_width(char32_t value) {
  if (value < 0x300) return 1;
  if (within(combining, value)) return 0;
  return within(wide, value) ? 2 : 1;
}

std::string printable(CodePoint point) {
  if (!point.valid) return "\\x" + hexadecimal(point.value, 2);
  if (point.value == '\t') return "\\t";
  if (point.value == '\n') return "\\n";
  if (point.value == '\r') return "\\r";
  if (is_control(point.value)) return "\\x" + hexadecimal(point.value, 2);
  if (is_invisible(point.value)) {
    return point.value > 0xFFFF ? "\\U" + hexadecimal(point.value, 8) : "\\u" + hexadecimal(point.value, 4);
  }
  std::string text;
  encode(point.value, text);
  return text;
}

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (point.value >= 0x20 && point.value < 0x7F) {
      shown += text[at];
    } else {
      shown += printable(point);
    }
    at += point.length;
  }
  return shown;
}

std::string quoted(std::string_view text) {
  std::size_t at = 0;
  for (std::size_t n = 0; n < longest_quote && at < text.size(); ++n) at += decode(text, at).length;
  return "'" + printable(text.substr(0, at)) + (at < text.size() ? "...'" : "'");
}

}  // namespace sojourn::models
