#pragma once
// The names by which parts of a journey refer to each other.

#include <string>
#include <string_view>

namespace sojourn::models {

/// [a-z][a-z0-9_-]*
constexpr bool is_valid_id(std::string_view text) {
  if (text.empty() || text.front() < 'a' || text.front() > 'z') return false;
  for (const char c : text) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-')) return false;
  }
  return true;
}

/// A valid id near the text: lower case, accents and umlauts spelled out, spaces as '_' ("Zoë's Büro" gives
/// "zoes_buero"); empty where nothing is left of it.
std::string suggest_id(std::string_view text);

}  // namespace sojourn::models
