#include "models/text/id.h"

#include "models/text/utf8.h"

#include <array>

namespace sojourn::models {
namespace {

constexpr std::size_t longest_suggestion = 64;

/// U+00C0 to U+00FF in letters of an id.
constexpr std::array<std::string_view, 64> latin = {
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "oe", "_", "oe", "u", "u", "u", "ue", "y", "th", "ss",
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "oe", "_", "oe", "u", "u", "u", "ue", "y", "th", "y",
};

std::string_view spelled(char32_t value) {
  if (value >= 0xC0 && value <= 0xFF) return latin[value - 0xC0];
  switch (value) {
    case '\'': case 0x2019: return "";
    case 0x0105: case 0x0104: return "a";
    case 0x0107: case 0x0106: case 0x010D: case 0x010C: return "c";
    case 0x0119: case 0x0118: case 0x011B: case 0x011A: return "e";
    case 0x011F: case 0x011E: return "g";
    case 0x0131: case 0x0130: return "i";
    case 0x0142: case 0x0141: return "l";
    case 0x0144: case 0x0143: case 0x0148: case 0x0147: return "n";
    case 0x0151: case 0x0150: case 0x0153: case 0x0152: return "oe";
    case 0x0159: case 0x0158: return "r";
    case 0x015B: case 0x015A: case 0x0161: case 0x0160: case 0x015F: case 0x015E: return "s";
    case 0x0171: case 0x0170: return "ue";
    case 0x017A: case 0x0179: case 0x017C: case 0x017B: case 0x017E: case 0x017D: return "z";
    default: return "_";
  }
}

}  // namespace

std::string suggest_id(std::string_view text) {
  std::string id;
  for (std::size_t at = 0; at < text.size() && id.size() < longest_suggestion;) {
    const CodePoint point = decode(text, at);
    at += point.length;
    const char c = point.value < 0x80 ? static_cast<char>(point.value) : '\0';
    if (c >= 'A' && c <= 'Z') {
      id += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') {
      id += c;
    } else {
      const std::string_view letters = point.valid ? spelled(point.value) : "_";
      if (letters != "_" || (!id.empty() && id.back() != '_')) id += letters;
    }
  }
  while (id.ends_with('_') || id.ends_with('-')) id.pop_back();
  id.erase(0, id.find_first_not_of("-_") == std::string::npos ? id.size() : id.find_first_not_of("-_"));
  if (!id.empty() && (id.front() < 'a' || id.front() > 'z')) id.insert(0, "id_");
  return id;
}

}  // namespace sojourn::models
