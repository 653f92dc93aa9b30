#include "models/text/number.h"

#include "models/text/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sojourn::models {
namespace {

constexpr double largest_whole = 9007199254740992.0;  // 2^53

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The parts of a text of the form that we accept.
struct Decimal {
  std::string_view whole;     // digits
  std::string_view fraction;  // digits; empty without a point
  std::string_view exponent;  // digits with their sign; empty without one
};

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

std::optional<Decimal> parse(std::string_view text) {
  Decimal parts;
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  std::size_t count = digits_at(text, at);
  if (count == 0 || (count > 1 && text[at] == '0')) return std::nullopt;
  parts.whole = text.substr(at, count);
  at += count;
  if (at < text.size() && text[at] == '.') {
    count = digits_at(text, ++at);
    if (count == 0) return std::nullopt;
    parts.fraction = text.substr(at, count);
    at += count;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t start = ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    count = digits_at(text, at);
    if (count == 0) return std::nullopt;
    at += count;
    parts.exponent = text.substr(start, at - start);
  }
  return at == text.size() ? std::optional(parts) : std::nullopt;
}

bool is_zero(const Decimal& parts) {
  const auto zeros = [](std::string_view digits) { return digits.find_first_not_of('0') == std::string_view::npos; };
  return zeros(parts.whole) && zeros(parts.fraction);
}

/// The value of a text that parse() takes, infinite where it is too large.
double value_of(std::string_view text, const Decimal& parts) {
  if (is_zero(parts)) return 0;
  if (text[0] == '+') text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc::result_out_of_range) return value;
  // from_chars says the same of too large and too small; the power of ten of the first digit tells them apart.
  const bool negative_exponent = parts.exponent.starts_with('-');
  return parts.whole == "0" || negative_exponent ? 0 : HUGE_VAL;
}

Refusal not_a_number(std::string_view text, std::string why = {}, const std::string& instead = {}) {
  return {quoted(text) + " is not a number", std::move(why), instead.empty() ? "" : "Write " + instead};
}

/// The text as a number we would accept, or empty.
std::string accepted(const std::string& text) {
  const auto parts = parse(text);
  return parts && std::isfinite(value_of(text, *parts)) ? text : "";
}

std::string lower(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return folded;
}

std::string without(std::string_view text, std::string_view removed) {
  std::string rest;
  for (const char c : text) {
    if (removed.find(c) == std::string_view::npos) rest += c;
  }
  return rest;
}

/// 0x10, 0o17, 0b101.
std::optional<Refusal> other_base(std::string_view text, const std::string& folded) {
  const std::size_t sign = folded.starts_with('-') || folded.starts_with('+') ? 1 : 0;
  if (folded.size() < sign + 3 || folded[sign] != '0') return std::nullopt;
  const char letter = folded[sign + 1];
  const int base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
  if (base == 0) return std::nullopt;
  unsigned long long value = 0;
  const char* end = folded.data() + folded.size();
  const auto [stop, error] = std::from_chars(folded.data() + sign + 2, end, value, base);
  const bool good = stop == end && error == std::errc();
  return not_a_number(text, "numbers are decimal", good ? (folded[0] == '-' ? "-" : "") + std::to_string(value) : "");
}

/// 010.
std::optional<Refusal> leading_zeros(std::string_view text) {
  const std::size_t sign = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  std::string rest(text.substr(sign));
  if (rest.size() < 2 || rest[0] != '0' || !is_digit(rest[1])) return std::nullopt;
  rest.erase(0, std::min(rest.find_first_not_of('0'), rest.size() - 1));
  if (!is_digit(rest[0])) rest.insert(0, "0");
  const std::string instead = accepted((text[0] == '-' ? "-" : "") + rest);
  if (instead.empty()) return std::nullopt;
  return not_a_number(text, "a leading zero means octal to some readers and nothing to others", instead);
}

/// 1/3, 50%.
std::optional<Refusal> arithmetic(std::string_view text) {
  if (text.ends_with('%')) {
    std::string_view number = text.substr(0, text.size() - 1);
    while (number.ends_with(' ')) number.remove_suffix(1);
    const auto parts = parse(number);
    return not_a_number(text, "shares are written as fractions of 1",
                        parts ? shortest(value_of(number, *parts) / 100) : "");
  }
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view above = text.substr(0, slash), below = text.substr(slash + 1);
  const auto a = parse(above), b = parse(below);
  if (!a || !b) return std::nullopt;
  const double value = value_of(above, *a) / value_of(below, *b);
  return not_a_number(text, "nothing is calculated", std::isfinite(value) ? shortest(value) : "");
}

/// Whether the digits stand in thousands: 1,000,000 and 12.345 with their separator.
bool in_thousands(std::string_view text, char separator) {
  const std::size_t sign = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  std::size_t group = text.find(separator);
  if (group == std::string_view::npos || group == sign || group - sign > 3 || text[sign] == '0') return false;
  while (group < text.size() && text[group] == separator) {
    if (digits_at(text, group + 1) != 3) return false;
    group += 4;
  }
  return group == text.size() || text[group] == '.' || text[group] == ',';
}

/// 0,5 and 1.000,5 and 1,000.5 and 1_000 and 1 000 and 1,000,000.
std::optional<Refusal> separators(std::string_view text) {
  if (text.find_first_not_of("+-0123456789.,_ 'eE") != std::string_view::npos) return std::nullopt;
  const auto with_point = [](std::string number) {
    std::replace(number.begin(), number.end(), ',', '.');
    return number;
  };
  if (text.find_first_of("_ '") != std::string_view::npos) {
    return not_a_number(text, "nothing stands between the digits", accepted(with_point(without(text, "_ '"))));
  }
  if (text.find(',') == std::string_view::npos && std::count(text.begin(), text.end(), '.') < 2) return std::nullopt;
  std::string instead = accepted(with_point(std::string(text)));
  if (in_thousands(text, ',')) {
    const std::string whole = accepted(without(text, ","));
    // 1,000 may be a thousand or one with three decimals.
    instead = instead.empty() ? whole : whole + ", or " + instead + " if the comma is the decimal sign";
  } else if (in_thousands(text, '.')) {
    instead = accepted(with_point(without(text, ".")));
  }
  return not_a_number(text, "the decimal sign is a point, and nothing stands between thousands", instead);
}

/// .5 and 5. and -.5 and 5.e3
std::optional<Refusal> bare_point(std::string_view text) {
  std::string instead(text);
  const std::size_t point = instead.find('.');
  if (point == std::string::npos) return std::nullopt;
  if (point + 1 == instead.size() || !is_digit(instead[point + 1]))
    instead.erase(point, 1);
  else if (point == 0 || !is_digit(instead[point - 1]))
    instead.insert(point, "0");
  else
    return std::nullopt;
  instead = accepted(instead);
  if (instead.empty()) return std::nullopt;
  return not_a_number(text, "a point has digits on both sides", instead);
}

Refusal refusal_of(std::string_view text) {
  if (text.find_first_not_of(" \t\n") == std::string_view::npos) return {"a number is missing", "", ""};
  const std::string folded = lower(text);
  const std::string word = without(folded, "+-.");
  if (word == "nan" || word == "inf" || word == "infinity") return not_a_number(text, "numbers are finite");
  if (auto refusal = other_base(text, folded)) return *refusal;
  if (auto refusal = arithmetic(text)) return *refusal;
  if (auto refusal = leading_zeros(text)) return *refusal;
  if (auto refusal = separators(text)) return *refusal;
  if (auto refusal = bare_point(text)) return *refusal;
  constexpr std::string_view minus = "\xE2\x88\x92";  // U+2212
  if (text.starts_with(minus)) {
    return not_a_number(text, "the minus is not the one of the keyboard",
                        accepted("-" + std::string(text.substr(minus.size()))));
  }
  // A number with something behind it.
  for (std::size_t end = std::min<std::size_t>(text.size(), 400); end > 0; --end) {
    if (is_digit(text[end - 1]) && parse(text.substr(0, end))) {
      return not_a_number(text, "something follows the number", accepted(std::string(text.substr(0, end))));
    }
  }
  return not_a_number(text);
}

}  // namespace

Reading<double> read_number(std::string_view text) {
  const auto parts = parse(text);
  if (!parts) return refusal_of(text);
  const double value = value_of(text, *parts);
  if (!std::isfinite(value)) {
    return Refusal{"the number " + quoted(text) + " is out of range", "the largest is about 1.8e308", ""};
  }
  if (value == 0 && !is_zero(*parts)) {
    return Refusal{"the number " + quoted(text) + " is too small", "it would be read as 0", "Write 0 if that is meant"};
  }
  return value;
}

Reading<std::int64_t> read_whole_number(std::string_view text) {
  const Reading<double> number = read_number(text);
  if (!number) return number.refusal;
  if (*number < -largest_whole || *number > largest_whole) {
    return Refusal{"the number " + quoted(text) + " is out of range", "a whole number is at most 2^53 here", ""};
  }
  const auto whole = static_cast<std::int64_t>(*number);
  if (static_cast<double>(whole) != *number) return Refusal{quoted(text) + " is not a whole number", "", ""};
  return whole;
}

std::string shortest(double value) {
  std::array<char, 40> buffer{};
  char* const end = buffer.data() + buffer.size();
  const double size = value < 0 ? -value : value;
  const bool plain = size == 0 || (size >= 1e-6 && size < 1e15);
  const auto result = plain ? std::to_chars(buffer.data(), end, value, std::chars_format::fixed)
                            : std::to_chars(buffer.data(), end, value);
  return {buffer.data(), result.ptr};
}

}  // namespace sojourn::models
