#include "tools/terminal/look.h"

#include "tools/words/complaints.h"

#include <algorithm>
#include <utility>

namespace sojourn::tools {
namespace {

std::string_view value_of(const Environment& environment, const char* name) {
  const char* value = environment(name);
  return value ? value : "";
}

/// LC_ALL before LC_CTYPE before LANG, as POSIX has it.
bool is_utf8(const Environment& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value(value_of(environment, name));
    if (value.empty()) continue;
    std::transform(value.begin(), value.end(), value.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

/// Of the 256-colour palette, at least 3.9 to 1 against both a white and a black background.
std::string_view sequence(Tone tone) {
  switch (tone) {
    case Tone::plain: return "";
    case Tone::strong: return "\x1b[1m";
    case Tone::dim: return "\x1b[38;5;243m";
    case Tone::better: return "\x1b[38;5;30m";
    case Tone::worse: return "\x1b[38;5;166m";
  }
  return "";
}

/// German letters as they are written where there are none.
std::string ascii(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> letters[] = {
      {"\u00e4", "ae"}, {"\u00f6", "oe"}, {"\u00fc", "ue"}, {"\u00df", "ss"},
      {"\u00c4", "Ae"}, {"\u00d6", "Oe"}, {"\u00dc", "Ue"}};
  std::string plain(text);
  for (const auto& [letter, written] : letters) {
    for (std::size_t at = plain.find(letter); at != std::string::npos; at = plain.find(letter, at)) {
      plain.replace(at, letter.size(), written);
    }
  }
  return plain;
}

}  // namespace

std::string Look::paint(Tone tone, std::string_view text) const {
  if (!colour || tone == Tone::plain || text.empty()) return std::string(text);
  return std::string(sequence(tone)) + std::string(text) + "\x1b[0m";
}

std::string Look::say(Phrase phrase, std::initializer_list<std::string_view> texts) const {
  const std::string_view text = phrase.in(language);
  return filled(utf8 ? std::string(text) : ascii(text), texts);
}

std::string Look::retold(std::string_view english) const {
  const std::string text = complaint(english, language);
  return utf8 || language == Language::english ? text : ascii(text);
}

Look look_of(bool is_terminal, std::size_t columns, const Environment& environment) {
  Look look;
  look.utf8 = is_utf8(environment);
  if (is_terminal && columns > 0) look.width = std::clamp<std::size_t>(columns, 60, 100);
  const std::string_view force = value_of(environment, "CLICOLOR_FORCE");
  if (!value_of(environment, "NO_COLOR").empty()) {
    look.colour = false;
  } else if (!force.empty() && force != "0") {
    look.colour = true;
  } else {
    const std::string_view term = value_of(environment, "TERM");
    look.colour = is_terminal && !term.empty() && term != "dumb" && value_of(environment, "CLICOLOR") != "0";
  }
  return look;
}

}  // namespace sojourn::tools
