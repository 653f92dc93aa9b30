#pragma once
// A text for people, in English and in German: written in the code in English, and found in the catalogue by the compiler.

#include "tools/words/catalogue.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace sojourn::tools {

enum class Language { english, german };

/// From a literal that the catalogue does not have there is no Phrase: that does not compile.
class Phrase {
 public:
  consteval Phrase(const char* english) : english_(english), german_(words::german_of(english)) {}

  /// The same in every language: names, and what tests say.
  static constexpr Phrase untranslated(std::string_view text) { return {text, text}; }

  constexpr std::string_view in(Language language) const { return language == Language::german ? german_ : english_; }

 private:
  constexpr Phrase(std::string_view english, std::string_view german) : english_(english), german_(german) {}
  std::string_view english_, german_;
};

/// The phrase with {0}, {1} ... replaced. A placeholder without a text stays as it is.
std::string filled(std::string_view text, std::initializer_list<std::string_view> texts);

/// A text that is known only when the program runs (the label of a metric); itself where the catalogue does not have it.
std::string_view translated(std::string_view english, Language language);

/// "en" or "de".
Language language_of(std::string_view name);

}  // namespace sojourn::tools
