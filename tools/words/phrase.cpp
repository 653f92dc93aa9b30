#include "tools/words/phrase.h"

#include "engine/base/contract.h"

#include <array>

namespace sojourn::tools {
namespace {

using words::catalogue;

/// How often each of {0} to {9} stands in it.
constexpr std::array<int, 10> placeholders(std::string_view text) {
  std::array<int, 10> counts{};
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 2] == '}' && text[i + 1] >= '0' && text[i + 1] <= '9') ++counts[text[i + 1] - '0'];
  }
  return counts;
}

constexpr bool same_placeholders() {
  for (const words::Entry& entry : catalogue) {
    if (placeholders(entry.english) != placeholders(entry.german)) return false;
  }
  return true;
}

constexpr bool nothing_is_empty() {
  for (const words::Entry& entry : catalogue) {
    if (entry.english.empty() || entry.german.empty()) return false;
  }
  return true;
}

static_assert(same_placeholders(), "both languages name the same placeholders, equally often");
static_assert(nothing_is_empty(), "every text exists in both languages");

}  // namespace

std::string filled(std::string_view text, std::initializer_list<std::string_view> texts) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto which = i + 2 < text.size() && text[i] == '{' && text[i + 2] == '}'
                           ? static_cast<std::size_t>(text[i + 1] - '0')
                           : texts.size();
    if (which < texts.size()) {
      result += *(texts.begin() + which);
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string_view translated(std::string_view english, Language language) {
  if (language == Language::english) return english;
  for (const words::Entry& entry : catalogue) {
    if (entry.english == english) return entry.german;
  }
  return english;
}

Language language_of(std::string_view name) {
  SOJOURN_EXPECT(name == "en" || name == "de", "the program speaks English and German");
  return name == "de" ? Language::german : Language::english;
}

}  // namespace sojourn::tools
