#include "models/text/detail/yaml_words.h"

#include "models/text/utf8.h"

#include <algorithm>
#include <string>

namespace sojourn::models::detail {
namespace {

constexpr std::size_t longest_plain_key = 1024;  // as YAML has it for a key in one line with its ':'

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::size_t line_start(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

std::size_t line_end(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size()); }

/// Looks from `at` on for a quote that opens a text and is never closed, hopping over comments, plain words and texts
/// that are closed. A guess (it knows no indentation), used for the place of a complaint only.
std::optional<std::size_t> unclosed_quote(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const char c = text[at];
    if (c == '#' && (at == 0 || is_space(text[at - 1]))) {
      at = line_end(text, at);
    } else if (c == '"' || c == '\'') {
      const auto end = end_of_quote(text, at);
      if (!end) return at;
      at = *end;
    } else if (is_space(c) || std::string_view(",[]{}:-?").find(c) != std::string_view::npos) {
      ++at;
    } else {
      while (at < text.size() && text[at] != '\n' &&
             std::string_view(",[]{}").find(text[at]) == std::string_view::npos &&
             !(text[at] == ':' && (at + 1 == text.size() || is_space(text[at + 1]))) &&
             !(text[at] == '#' && is_space(text[at - 1]))) {
        ++at;
      }
    }
  }
  return std::nullopt;
}

Words unclosed_words(const Stop& stop) {
  const std::size_t open = unclosed_quote(stop.text, stop.last).value_or(std::min(stop.offset, stop.text.size()));
  if (open < stop.text.size() && (stop.text[open] == '"' || stop.text[open] == '\'')) {
    return {open, unclosed_quote_words(stop.text, open), {}};
  }
  return {open, {"a quote is never closed", "", ""}, {}};
}

bool is_indentation(std::string_view text) { return text.find_first_not_of(' ') == std::string_view::npos; }

bool holds_key(std::string_view line) {
  for (std::size_t colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
    if (colon + 1 == line.size() || is_space(line[colon + 1])) return true;
  }
  return false;
}

Words line_without_key(std::string_view text, std::size_t at) {
  const std::string_view line = text.substr(at, line_end(text, at) - at);
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) return {at + colon, glued_words(), {}};
  return {at, {"a line without a key", "a level that began with 'key: value' goes on so", "Write 'key: value'"}, {}};
}

/// Something else where a key should follow.
Words not_a_key(const Stop& stop) {
  const std::string_view text = stop.text;
  const std::size_t at = std::min(stop.offset, text.size());
  const auto quote_end = stop.last_was_quoted ? end_of_quote(text, stop.last) : std::nullopt;
  const bool same_line = quote_end && *quote_end <= at && line_start(text, at) == line_start(text, *quote_end);
  if (same_line || (at > 0 && at < text.size() && (text[at - 1] == '"' || text[at - 1] == '\''))) {
    return {at,
            {"text after the end of a quote", "a text in quotes ends at its second quote",
             "Put the whole text in quotes, and write a quote inside \"...\" as \\\""},
            {}};
  }
  if (at < text.size() && text[at] == '-' && (at + 1 == text.size() || is_space(text[at + 1]))) {
    return {at,
            {"a list item among the keys of a map", "a level is either a map or a list",
             "Indent the item under its key, or write 'key: value'"},
            {}};
  }
  const std::size_t start = line_start(text, at);
  if (is_indentation(text.substr(start, at - start)) && !holds_key(text.substr(at, line_end(text, at) - at))) {
    return line_without_key(text, at);
  }
  return {at,
          {"this does not belong to what stands above it", "a line belongs to the lines with exactly its indentation",
           "Check the indentation, and quote texts that contain ': ' or ' #'"},
          {}};
}

/// A ':' that follows no key, or a value that has keys below it.
Words misplaced_colon(const Stop& stop) {
  const std::string_view text = stop.text;
  const std::size_t at = std::min(stop.offset, text.size());
  const std::size_t start = line_start(text, at);
  const std::size_t content = std::min(text.find_first_not_of(' ', start), at);
  if (at - content > longest_plain_key) {
    return {content, {"a key longer than " + std::to_string(longest_plain_key) + " characters", "", "Shorten it"}, {}};
  }
  const bool first_on_line = !holds_key(text.substr(content, at - content));
  if (first_on_line && start > 0) {
    const std::size_t last = text.find_last_not_of(" \t\r\n", start - 1);
    const std::size_t above = last == std::string_view::npos ? 0 : line_start(text, last);
    const std::size_t above_content = text.find_first_not_of(' ', above);
    const std::string_view line = text.substr(above_content, line_end(text, above_content) - above_content);
    if (!holds_key(line) && !line.starts_with('#') && !line.starts_with("- "))
      return line_without_key(text, above_content);
    if (content - start > above_content - above) {
      return {content,
              {"this line is indented below a key that has its value already", "a key has a value or lines below it",
               "Indent it like the line above, or remove the value there"},
              {}};
    }
  }
  return {at,
          {"a ':' that cannot stand here", "a line holds one 'key: value'",
           "Quote texts that contain ': ', and check the indentation"},
          {}};
}

Words unclosed_bracket(const Stop& stop, std::string_view message) {
  const std::size_t at = std::min(stop.offset, stop.text.size());
  const bool end = stop.text.find_first_not_of(" \t\r\n", at) == std::string_view::npos;
  if (end && stop.open_bracket) {
    return {*stop.open_bracket,
            {std::string("the bracket ") + stop.text[*stop.open_bracket] + " is never closed", "", "Close it"},
            {}};
  }
  const bool map = message.find("map") != std::string_view::npos;
  return {at,
          {std::string("a ',' or '") + (map ? '}' : ']') + "' is missing before this", "",
           "Quote texts that contain commas, brackets or quotes"},
          stop.open_bracket};
}

Words unknown_token(const Stop& stop) {
  const std::size_t at = std::min(stop.offset, stop.text.size());
  if (at == stop.text.size()) return {at, {"the file ends too early", "", ""}, {}};
  const CodePoint point = decode(stop.text, at);
  return {at,
          {"a text cannot begin with '" + printable(point) + "'", "the character has another meaning in YAML",
           "Put the text in quotes"},
          {}};
}

}  // namespace

std::string_view reference_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return {};
  return text.substr(offset, std::min(text.find_first_of(" \t\r\n,[]{}", offset), text.size()) - offset);
}

Refusal reference_words(std::string_view text, std::size_t offset) {
  const std::string_view name = reference_at(text, offset);
  return {(name.starts_with('*') ? "the alias " : "the anchor ") + quoted(name),
          "what is written once would silently hold elsewhere",
          "Write the value where it is used; put a text that begins with '&' or '*' in quotes"};
}

Refusal unclosed_quote_words(std::string_view text, std::size_t open) {
  return {std::string("the quote ") + text[open] + " is never closed", "everything after it would be taken as its text",
          "Close it; a text with an apostrophe goes in double quotes"};
}

Refusal tag_words() {
  return {"a tag ('!...')", "tags are not part of these files: what a value is, its key says",
          "Remove it; put a text that begins with '!' in quotes"};
}

Refusal glued_words() {
  return {"no space after ':'", "without it this is one word, not a key with a value", "Put a space after the colon"};
}

bool is_null_word(std::string_view word) { return word == "~" || word == "null" || word == "Null" || word == "NULL"; }

std::optional<std::size_t> end_of_quote(std::string_view text, std::size_t open) {
  const char quote = text[open];
  for (std::size_t at = open + 1; at < text.size(); ++at) {
    if (text[at] == '\\' && quote == '"') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '\'' && at + 1 < text.size() && text[at + 1] == '\'') {
        ++at;
      } else {
        return at + 1;
      }
    }
  }
  return std::nullopt;
}

Words words_for(std::string_view message, const Stop& stop) {
  const auto says = [&](std::string_view part) { return message.find(part) != std::string_view::npos; };
  const std::size_t at = std::min(stop.offset, stop.text.size());
  if (says("EOF in scalar") || says("document indicator in scalar")) return unclosed_words(stop);
  if (says("end of map flow") || says("end of sequence flow")) return unclosed_bracket(stop, message);
  if (says("end of map not found") || says("end of sequence not found")) return not_a_key(stop);
  if (says("illegal map value") || says("illegal map key")) return misplaced_colon(stop);
  if (says("unknown token")) return unknown_token(stop);
  if (says("tag")) return {at, tag_words(), {}};
  if (says("anchor") || says("alias")) {
    // The complaint stands at the sign or behind it.
    const std::size_t sign = stop.text.substr(0, std::min(at + 1, stop.text.size())).find_last_of("&*");
    const std::size_t place = sign == std::string_view::npos ? at : sign;
    return {place, reference_words(stop.text, place), {}};
  }
  if (says("illegal flow end")) {
    return {at,
            {std::string("a closing ") + (at < stop.text.size() ? stop.text[at] : '}') + " without its opening bracket",
             "", "Remove it, or quote the text"},
            {}};
  }
  if (says("illegal block entry")) {
    return {at,
            {"a list item ('- ') that cannot stand here", "items stand on lines of their own below their key",
             "Write it on the next line, or as [a, b]"},
            {}};
  }
  if (says("escape") || says("hex number") || says("invalid unicode")) {
    const std::size_t slash = stop.text.rfind('\\', at);
    return {
        slash == std::string_view::npos ? at : slash,
        {"an escape that does not exist", "in double quotes a backslash begins an escape such as \\n, \\\" or \\u00e9",
         "Write \\\\ for a backslash, or use single quotes"},
        {}};
  }
  if (says("block scalar")) {
    return {at,
            {"text in the line of '|' or '>'", "the text starts on the next line",
             "Put a text that begins with '|' or '>' in quotes"},
            {}};
  }
  return {at, {"the file cannot be read from here on", std::string(message), ""}, {}};
}

}  // namespace sojourn::models::detail
