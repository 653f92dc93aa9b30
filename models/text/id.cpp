#include "models/text/id.h"

#include "models/text/utf8.h"

#include <array>

namespace sojourn::models {
namespace {

constexpr std::size_t longest_suggestion = 64;

/// U+00C0 to U+00FF in letters of an id.
constexpr std::array<std::string_view, 64> latin = {
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e",  "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o", "o", "o",  "o", "oe", "_", "oe", "u", "u", "u", "ue", "y", "th", "ss",
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e",  "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o", "o", "o",  "o", "oe", "_", "oe", "u", "u", "u", "ue", "y", "th", "y",
};

/// U+0100 to U+017F.
constexpr std::string_view latin_extended =
    "aaaaaaccccccccdd"
    "ddeeeeeeeeeegggg"
    "gggghhhhiiiiiiii"
    "iiiijjkkklllllll"
    "lllnnnnnnnnnoooo"
    "oooorrrrrrssssss"
    "ssttttttuuuuuuuu"
    "uuuuwwyyyzzzzzzs";

/// The letters of an id for a character that cannot stand in one; '_' where there are none.
std::string_view spelled(char32_t value) {
  if (value == '\'' || value == 0x2019) return "";
  if (value >= 0xC0 && value <= 0xFF) return latin[value - 0xC0];
  if (value >= 0x100 && value <= 0x17F) return latin_extended.substr(value - 0x100, 1);
  return "_";
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
