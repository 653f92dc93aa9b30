#include "models/text/duration.h"

#include "models/text/number.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <array>
#include <vector>

namespace sojourn::models {
namespace {

struct Unit {
  std::string_view name;
  double ms;
};

constexpr std::array<Unit, 6> units = {{
    {"w", 7 * 86400e3},
    {"d", 86400e3},
    {"h", 3600e3},
    {"min", 60e3},
    {"s", 1e3},
    {"ms", 1},
}};

constexpr std::string_view units_known = "the units are ms, s, min, h, d and w";

/// What people write instead; every word in lower case.
struct Alias {
  std::string_view unit;
  std::string_view words;  // each between spaces
};

constexpr std::array<Alias, 6> aliases = {{
    {"ms", " msec msecs millis millisecond milliseconds millisekunde millisekunden "},
    {"s", " sec secs second seconds sek sekunde sekunden "},
    {"min", " m mins minute minutes minuten "},
    {"h", " hr hrs hour hours std stunde stunden "},
    {"d", " day days tag tage tagen "},
    {"w", " wk wks week weeks woche wochen "},
}};

constexpr std::string_view calendar =
    " mo mon month months monat monate y yr yrs year years a jahr jahre q quarter quarters ";

const Unit* find_unit(std::string_view name) {
  const auto found = std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.name == name; });
  return found == units.end() ? nullptr : &*found;
}

bool lists(std::string_view words, std::string_view word) {
  return words.find(" " + std::string(word) + " ") != std::string_view::npos;
}

/// The unit that a wrong one stands for, or empty.
std::string_view meant_unit(std::string_view written) {
  std::string word(written);
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (word.ends_with('.')) word.pop_back();
  if (const Unit* unit = find_unit(word)) return unit->name;
  for (const Alias& alias : aliases) {
    if (lists(alias.words, word)) return alias.unit;
  }
  if (word.size() < 4) return {};
  for (const Alias& alias : aliases) {
    for (std::string_view rest = alias.words.substr(1); !rest.empty(); rest.remove_prefix(rest.find(' ') + 1)) {
      if (edit_distance(word, rest.substr(0, rest.find(' ')), 1) == 1) return alias.unit;
    }
  }
  return {};
}

struct Parts {
  std::string_view number;
  std::string_view unit;
};

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// The number ends at the last digit.
Parts split(std::string_view text) {
  const std::size_t last = text.find_last_of("0123456789");
  const std::size_t end = last == std::string_view::npos ? 0 : last + 1;
  return {trim(text.substr(0, end)), trim(text.substr(end))};
}

/// `1 h 30 min` in one number and unit, or empty.
std::string summed(std::string_view text) {
  double sum = 0;
  std::size_t at = 0;
  int terms = 0;
  while (at < text.size() && terms < 8) {
    const std::size_t unit_at = text.find_first_not_of("0123456789. ", at);
    if (unit_at == std::string_view::npos) return {};
    const std::size_t next = std::min(text.find_first_of("0123456789", unit_at), text.size());
    const Reading<double> number = read_number(trim(text.substr(at, unit_at - at)));
    const Unit* unit = find_unit(meant_unit(trim(text.substr(unit_at, next - unit_at))));
    if (!number || unit == nullptr) return {};
    sum += *number * unit->ms;
    at = next;
    ++terms;
  }
  return terms > 1 && at == text.size() && sum <= longest_duration_ms ? duration_text(sum) : "";
}

Refusal no_number(std::string_view text, const Reading<double>& number) {
  if (const std::string sum = summed(text); !sum.empty()) {
    return {quoted(text) + " is not one number and one unit", "a duration has exactly one of each", "Write " + sum};
  }
  const Parts parts = split(text);
  Refusal refusal{quoted(text) + " is not a duration", "a duration is one number and one unit, like '10 min'", ""};
  if (!parts.number.empty() && number.refusal.suggestion.starts_with("Write ") && find_unit(parts.unit) != nullptr) {
    refusal.why = number.refusal.why;
    const char last = number.refusal.suggestion.back();  // a number lacks its unit, "0 if that is meant" does not
    refusal.suggestion = number.refusal.suggestion + (last >= '0' && last <= '9' ? " " + std::string(parts.unit) : "");
  }
  return refusal;
}

Refusal wrong_unit(std::string_view text, const Parts& parts) {
  const std::string number(parts.number);
  if (parts.unit.empty()) {
    return {"the duration " + quoted(text) + " has no unit", std::string(units_known),
            "Write for example " + number + " min"};
  }
  std::string word(parts.unit);
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (lists(calendar, word)) {
    return {"the duration " + quoted(text) + " has the unit " + quoted(parts.unit), "months and years differ in length",
            "Write it in days (d)"};
  }
  const std::string_view meant = meant_unit(parts.unit);
  return {"the duration " + quoted(text) + " has the unknown unit " + quoted(parts.unit), std::string(units_known),
          meant.empty() ? "" : "Write " + number + " " + std::string(meant)};
}

}  // namespace

Reading<double> read_duration(std::string_view text, Sign sign) {
  if (trim(text).empty()) return Refusal{"a duration is missing", "it is one number and one unit, like '10 min'", ""};
  const Parts parts = split(text);
  const Reading<double> number = read_number(parts.number);
  if (!number) return no_number(text, number);
  const Unit* unit = find_unit(parts.unit);
  if (unit == nullptr && !(parts.unit.empty() && *number == 0)) return wrong_unit(text, parts);
  const double ms = unit == nullptr ? 0 : *number * unit->ms;
  if (ms < 0 && sign == Sign::not_negative) {
    return Refusal{"the duration " + quoted(text) + " is negative", "only the change of a duration can be", ""};
  }
  if (ms > longest_duration_ms || ms < -longest_duration_ms) {
    return Refusal{"the duration " + quoted(text) + " is too long", "the longest is 2^43 ms, about 278 years", ""};
  }
  return ms;
}

std::int64_t whole_milliseconds(double ms) {
  const auto whole = static_cast<std::int64_t>(ms);  // towards zero; the difference below is exact
  const double rest = ms - static_cast<double>(whole);
  return whole + (rest >= 0.5 ? 1 : rest <= -0.5 ? -1 : 0);
}

std::string duration_text(double ms) {
  if (ms == 0) return "0";
  std::string best_number;
  std::string_view best_unit;
  for (const Unit& unit : units) {
    const double number = ms / unit.ms;
    const bool fits = number * unit.ms == ms && (number <= -1 || number >= 1 || unit.ms == 1);  // ms always does
    if (!fits || unit.name == "w") continue;
    const std::string text = shortest(number);
    if (!best_unit.empty() && text.size() >= best_number.size()) continue;
    best_number = text;
    best_unit = unit.name;
  }
  return best_number + " " + std::string(best_unit);
}

}  // namespace sojourn::models
