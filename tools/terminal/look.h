#pragma once
// What a stream can show: how wide, in which characters, with colour or without.

#include "tools/words/phrase.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace sojourn::tools {

/// What colour means (never more than the text says, too).
enum class Tone { plain, strong, dim, better, worse };

struct Look {
  std::size_t width = 80;  // columns
  bool colour = false;
  bool utf8 = true;
  Language language = Language::english;

  std::string_view minus() const { return utf8 ? "\u2212" : "-"; }
  std::string_view ellipsis() const { return utf8 ? "\u2026" : "..."; }
  std::string_view star() const { return utf8 ? "\u2605" : "*"; }
  std::string_view none() const { return utf8 ? "\u2013" : "-"; }
  std::string_view arrow() const { return utf8 ? "\u2192" : "->"; }
  std::string_view rule() const { return utf8 ? "\u2500" : "-"; }
  std::string_view bar() const { return utf8 ? "\u2502" : "|"; }
  std::string_view dot() const { return utf8 ? " \u00b7 " : ", "; }

  /// The text in the tone's colour, if there is colour.
  std::string paint(Tone tone, std::string_view text) const;

  /// The phrase in the look's language and characters, {0}, {1} ... replaced.
  std::string say(Phrase phrase, std::initializer_list<std::string_view> texts = {}) const;
  /// A sentence of the libraries, which speak English, as far as tools/words/complaints.inc has it.
  std::string retold(std::string_view english) const;
};

/// A variable of the environment; null where it is not set.
using Environment = std::function<const char*(const char* name)>;

/// A stream's look. `columns`: of the terminal, 0 if unknown. Colour on a terminal only, never with NO_COLOR or
/// TERM=dumb, always with CLICOLOR_FORCE (see no-color.org and bixense.com/clicolors).
Look look_of(bool is_terminal, std::size_t columns, const Environment& environment);

}  // namespace sojourn::tools
