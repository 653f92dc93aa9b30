#pragma once
// What names and texts of an archive may be, the same for its writer and its reader.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace sojourn::engine::detail {

inline constexpr std::string_view kTexts = "provenance";  // the group that holds the texts
inline constexpr std::size_t kMostDimensions = 8;
inline constexpr std::size_t kLongestName = 255;

/// [A-Za-z][A-Za-z0-9_]*: what every language that reads such files takes as an identifier.
constexpr bool is_name(std::string_view text) {
  if (text.empty() || text.size() > kLongestName) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool later = (c >= '0' && c <= '9') || c == '_';
    if (!letter && (!later || i == 0)) return false;
  }
  return true;
}

/// Attributes that the file format writes itself.
constexpr bool is_reserved(std::string_view attribute) {
  constexpr std::array<std::string_view, 7> names = {"CLASS",     "NAME",  "REFERENCE_LIST", "DIMENSION_LIST",
                                                     "long_name", "units", "_FillValue"};
  return std::find(names.begin(), names.end(), attribute) != names.end();
}

/// UTF-8 (RFC 3629) without NUL, which would end a string of C.
constexpr bool is_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
    const unsigned lead = byte(at);
    const std::size_t more = lead < 0x80   ? 0
                             : lead < 0xC2 ? 9
                             : lead < 0xE0 ? 1
                             : lead < 0xF0 ? 2
                             : lead < 0xF5 ? 3
                                           : 9;
    if (lead == 0 || more == 9) return false;
    for (std::size_t i = 1; i <= more; ++i) {
      if ((byte(at + i) & 0xC0) != 0x80) return false;
    }
    const unsigned next = byte(at + 1);
    const bool overlong = (lead == 0xE0 && next < 0xA0) || (lead == 0xF0 && next < 0x90);
    const bool surrogate = lead == 0xED && next > 0x9F;
    const bool beyond = lead == 0xF4 && next > 0x8F;
    if (overlong || surrogate || beyond) return false;
    at += more + 1;
  }
  return true;
}

}  // namespace sojourn::engine::detail
