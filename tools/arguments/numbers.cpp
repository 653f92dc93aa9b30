#include "tools/arguments/numbers.h"

#include "models/text/number.h"
#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"

#include <charconv>
#include <optional>
#include <string>

namespace sojourn::tools {
namespace {

using models::Reading;
using models::Refusal;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes digits off the front, underscores between two of them dropped. False where there is none, or an underscore
/// stands elsewhere.
bool take_digits(std::string_view& text, std::string& digits) {
  const std::size_t before = digits.size();
  while (!text.empty() && is_digit(text.front())) {
    digits += text.front();
    text.remove_prefix(1);
    if (text.size() >= 2 && text[0] == '_' && is_digit(text[1])) text.remove_prefix(1);
  }
  return digits.size() > before;
}

/// digits * 10^exponent.
struct Decimal {
  std::string digits;
  long exponent = 0;
};

std::optional<Decimal> parse(std::string_view text) {
  Decimal number;
  if (!take_digits(text, number.digits)) return std::nullopt;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    const std::size_t before = number.digits.size();
    if (!take_digits(text, number.digits)) return std::nullopt;
    number.exponent -= static_cast<long>(number.digits.size() - before);
  }
  if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) {
    text.remove_prefix(1);
    if (text.starts_with('+')) text.remove_prefix(1);
    int exponent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (error != std::errc() || exponent > 1000 || exponent < -1000) return std::nullopt;
    number.exponent += exponent;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  } else if (text == "k" || text == "K") {
    number.exponent += 3;
    text = {};
  } else if (text == "M") {
    number.exponent += 6;
    text = {};
  } else if (text == "G") {
    number.exponent += 9;
    text = {};
  }
  if (!text.empty()) return std::nullopt;
  return number;
}

/// The number written out, or nothing where it is not whole. At most 21 digits are kept: more is out of any range.
std::optional<std::string> whole_digits(Decimal number) {
  std::string& digits = number.digits;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return "0";
  while (number.exponent < 0 && digits.ends_with('0')) {
    digits.pop_back();
    ++number.exponent;
  }
  if (number.exponent < 0) return std::nullopt;
  if (digits.size() + static_cast<std::size_t>(number.exponent) > 21) return std::string(21, '9');
  digits.append(static_cast<std::size_t>(number.exponent), '0');
  return digits;
}

std::string words(std::uint64_t bound) {
  if (bound == UINT64_MAX) return "2^64 - 1";
  for (int power = 20; power < 64; ++power) {
    if (bound == std::uint64_t{1} << power) return whole(bound, Look{}) + " (2^" + std::to_string(power) + ")";
    if (bound == (std::uint64_t{1} << power) - 1)
      return whole(bound, Look{}) + " (2^" + std::to_string(power) + " - 1)";
  }
  return whole(bound, Look{});
}

Refusal outside(std::string_view text, CountRange range) {
  return {models::quoted(text) + " is out of range", {}, "It takes " + words(range.low) + " to " + words(range.high)};
}

}  // namespace

Reading<std::uint64_t> read_count(std::string_view text, CountRange range) {
  const bool negative = text.starts_with('-');
  const std::optional<Decimal> number = parse(negative ? text.substr(1) : text);
  if (!number) {
    return Refusal{models::quoted(text) + " is not a whole number", {}, "Write it like 1000000, 1_000_000, 1e6 or 1M"};
  }
  const std::optional<std::string> digits = whole_digits(*number);
  if (!digits) return Refusal{models::quoted(text) + " is not a whole number", {}, {}};
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits->data(), digits->data() + digits->size(), value);
  if (error != std::errc() || (negative && value != 0)) return outside(text, range);
  if (value < range.low || value > range.high) return outside(text, range);
  return value;
}

Reading<double> read_amount(std::string_view text, AmountRange range) {
  Reading<double> number = models::read_number(text);
  if (!number) return number;
  const double value = *number;
  if (value < range.low || value > range.high || (range.above_low && value == range.low)) {
    const std::string bounds = (range.above_low ? "above " : "from ") + models::shortest(range.low) +
                               (range.above_low ? " and up to " : " to ") + models::shortest(range.high);
    return Refusal{models::quoted(text) + " is out of range", {}, "It takes a number " + bounds};
  }
  return number;
}

}  // namespace sojourn::tools
