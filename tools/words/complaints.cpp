#include "tools/words/complaints.h"

#include <array>

namespace sojourn::tools {
namespace {

constexpr words::Entry complaints[] = {
#include "tools/words/complaints.inc"
};
constexpr std::size_t longest = 1000;  // characters, of what is looked up: looking takes their square

using Gaps = std::array<std::string_view, 4>;

/// What stands where the pattern has {0} to {3}: never nothing, and the shortest that fits.
bool matches(std::string_view pattern, std::string_view text, Gaps& gaps) {
  const std::size_t open = pattern.find('{');
  if (open == pattern.npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, open))) return false;
  const auto which = static_cast<std::size_t>(pattern[open + 1] - '0');
  const std::string_view behind = pattern.substr(open + 3);
  const std::string_view rest = text.substr(open);
  const std::string_view stop = behind.substr(0, behind.find('{'));
  for (std::size_t length = 1; length <= rest.size(); ++length) {
    if (!rest.substr(length).starts_with(stop)) continue;
    gaps[which] = rest.substr(0, length);
    if (matches(behind, rest.substr(length), gaps)) return true;
  }
  return false;
}

}  // namespace

std::string complaint(std::string_view english, Language language) {
  if (language == Language::english || english.size() > longest) return std::string(english);
  for (const words::Entry& entry : complaints) {
    Gaps gaps;
    if (!matches(entry.english, english, gaps)) continue;
    std::array<std::string, 4> said;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      const bool is_quoted = entry.english.find("'{" + std::to_string(i) + "}'") != entry.english.npos;
      said[i] = gaps[i].empty() || is_quoted ? std::string(gaps[i]) : complaint(gaps[i], language);  // "from 0 to 1"
    }
    return filled(entry.german, {said[0], said[1], said[2], said[3]});
  }
  return std::string(english);
}

}  // namespace sojourn::tools
