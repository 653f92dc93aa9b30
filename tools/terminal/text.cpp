#include "tools/terminal/text.h"

#include "models/text/utf8.h"

#include <algorithm>
#include <array>

namespace sojourn::tools {
namespace {

/// Bytes of the longest start of the text that takes at most so many columns.
std::size_t fitting(std::string_view text, std::size_t columns) {
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const models::CodePoint point = models::decode(text, at);
    used += models::display_width(point.value);
    if (used > columns) break;
    at += point.length;
  }
  return at;
}

std::string spaces(std::string_view text, std::size_t columns) {
  const std::size_t width = width_of(text);
  return std::string(width < columns ? columns - width : 0, ' ');
}

/// Where the first word ends. A number and its unit are one word.
std::size_t word_end(std::string_view text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  if (end == 0 || end == text.size()) return end;
  const char last = text[end - 1];
  if (last < '0' || last > '9') return end;
  std::string_view next = text.substr(end + 1);
  next = next.substr(0, next.find_first_of(" ,;.)"));
  constexpr std::array<std::string_view, 6> units = {"%", "ms", "s", "min", "h", "d"};
  if (std::find(units.begin(), units.end(), next) == units.end()) return end;
  return std::min(text.find(' ', end + 1), text.size());
}

}  // namespace

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const models::CodePoint point = models::decode(text, at);
    width += models::display_width(point.value);
    at += point.length;
  }
  return width;
}

std::string cut(std::string_view text, std::size_t columns, std::string_view ellipsis) {
  if (width_of(text) <= columns) return std::string(text);
  const std::size_t dots = width_of(ellipsis);
  if (columns <= dots) return std::string(ellipsis.substr(0, fitting(ellipsis, columns)));
  std::string_view kept = text.substr(0, fitting(text, columns - dots));
  while (kept.ends_with(' ')) kept.remove_suffix(1);
  return std::string(kept) + std::string(ellipsis);
}

std::string pad_right(std::string_view text, std::size_t columns) { return std::string(text) + spaces(text, columns); }

std::string pad_left(std::string_view text, std::size_t columns) { return spaces(text, columns) + std::string(text); }

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
  if (columns == 0) columns = 1;
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, word_end(text));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    std::size_t width = width_of(word);
    const std::size_t gap = lines.back().empty() ? 0 : 1;
    if (used + gap + width <= columns) {
      lines.back().append(gap, ' ').append(word);
      used += gap + width;
      continue;
    }
    if (!lines.back().empty()) lines.emplace_back();
    std::string_view rest = word;
    while (width > columns) {
      std::size_t bytes = fitting(rest, columns);
      if (bytes == 0) bytes = models::decode(rest, 0).length;  // wider than the line alone
      lines.back() = rest.substr(0, bytes);
      lines.emplace_back();
      rest.remove_prefix(bytes);
      width = width_of(rest);
    }
    lines.back() = rest;
    used = width;
  }
  if (lines.size() > 1 && lines.back().empty()) lines.pop_back();
  return lines;
}

std::string paragraph(std::string_view text, std::size_t columns, std::size_t indent) {
  std::string block;
  for (const std::string& line : wrap(text, columns > indent ? columns - indent : 1)) {
    block += std::string(line.empty() ? 0 : indent, ' ') + line + "\n";
  }
  return block;
}

std::string shell_word(std::string_view text) {
  const auto harmless = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || c == '/' || c == '+' || c == ',' || c == ':' || c == '@' || c == '%' || c == '=';
  };
  bool plain = !text.empty();
  for (const char c : text) plain = plain && harmless(c);
  if (plain) return std::string(text);
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'') {
      word += "'\\''";
    } else {
      word += c;
    }
  }
  return word + "'";
}

}  // namespace sojourn::tools
