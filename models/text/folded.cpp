#include "models/text/folded.h"

#include "models/text/utf8.h"

namespace sojourn::models {
namespace {

char32_t lower(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;                                       // À to Þ
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) return c | 1;                   // Ā to ŷ
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 1 ? c + 1 : c;  // Ĺ to ň, Ź to ž
  if (c >= 0x391 && c <= 0x3A9) return c + 32;                                                  // Α to Ω
  if (c >= 0x400 && c <= 0x40F) return c + 80;                                                  // Ѐ to Џ
  if (c >= 0x410 && c <= 0x42F) return c + 32;                                                  // А to Я
  return c;
}

}  // namespace

std::string folded(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
  std::string to;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (point.valid) {
      encode(lower(point.value), to);
    } else {
      to += text[at];
    }
    at += point.length;
  }
  return to;
}

}  // namespace sojourn::models
