#include "models/data/time_stamp.h"

#include "models/text/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace sojourn::models {
namespace {

constexpr std::int64_t minute = 60'000, hour = 60 * minute, day = 24 * hour;  // milliseconds

class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  /// So many digits, no fewer.
  bool number(std::size_t digits, int& to) {
    if (rest_.size() < digits) return false;
    int value = 0;
    for (const char c : rest_.substr(0, digits)) {
      if (c < '0' || c > '9') return false;
      value = 10 * value + (c - '0');
    }
    to = value;
    rest_.remove_prefix(digits);
    return true;
  }
  bool one_or_two(int& to) { return number(2, to) || number(1, to); }
  bool sign(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// Milliseconds of a fraction of any length.
  std::optional<int> fraction() {
    int ms = 0, scale = 100;
    if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') return std::nullopt;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      ms += scale * (rest_.front() - '0');
      scale /= 10;
      rest_.remove_prefix(1);
    }
    return ms;
  }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

struct Date {
  int year = 0, month = 0, day = 0;
};

bool exists(const Date& date) {
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1) return false;
  const bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
  return date.day <= lengths[date.month - 1] + (date.month == 2 && leap ? 1 : 0);
}

/// Days since 1970-01-01 in the Gregorian calendar (Fliegel & van Flandern 1968, with years that begin in March).
std::int64_t days_of(const Date& date) {
  const std::int64_t year = date.month > 2 ? date.year : date.year - 1;
  const std::int64_t month = date.month > 2 ? date.month - 3 : date.month + 9;
  return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date.day - 719469;
}

bool read_date(Scanner& text, Date& date) {
  Scanner year_first = text;
  if (year_first.number(4, date.year)) {
    for (const char between : {'-', '/', '.'}) {
      Scanner rest = year_first;
      if (rest.sign(between) && rest.one_or_two(date.month) && rest.sign(between) && rest.one_or_two(date.day)) {
        text = rest;
        return true;
      }
    }
    return false;
  }
  return text.one_or_two(date.day) && text.sign('.') && text.one_or_two(date.month) && text.sign('.') &&
         text.number(4, date.year);
}

/// Milliseconds since midnight.
bool read_clock(Scanner& text, std::int64_t& ms) {
  int hours = 0, minutes = 0, seconds = 0, fraction = 0;
  if (!text.one_or_two(hours) || !text.sign(':') || !text.number(2, minutes)) return false;
  if (text.sign(':')) {
    if (!text.number(2, seconds)) return false;
    if (text.sign('.') || text.sign(',')) {
      const std::optional<int> parts = text.fraction();
      if (!parts) return false;
      fraction = *parts;
    }
  }
  if (hours > 23 || minutes > 59 || seconds > 60) return false;
  ms = hours * hour + minutes * minute + std::min(seconds, 59) * std::int64_t{1000} + fraction;
  return true;
}

/// What is to be taken off to have UTC.
bool read_zone(Scanner& text, std::int64_t& ms) {
  text.sign(' ');
  if (text.done() || text.sign('Z') || text.sign('z')) return true;
  const bool west = text.sign('-');
  if (!west && !text.sign('+')) return false;
  int hours = 0, minutes = 0;
  if (!text.number(2, hours)) return false;
  text.sign(':');
  if (!text.done() && !text.number(2, minutes)) return false;
  if (hours > 18 || minutes > 59) return false;
  ms = (west ? -1 : 1) * (hours * hour + minutes * minute);
  return true;
}

}  // namespace

Reading<std::int64_t> read_time_stamp(std::string_view text) {
  Scanner scanner(text);
  Date date;
  std::int64_t clock = 0, zone = 0;
  const Refusal refusal{quoted(text) + " is no point in time that is read", "",
                        "Write it as 2023-02-09T08:15:30, with +01:00 or Z behind it where the zone is known"};
  if (!read_date(scanner, date)) return refusal;
  if (!scanner.done()) {
    if (!scanner.sign('T') && !scanner.sign(' ')) return refusal;
    if (!read_clock(scanner, clock) || !read_zone(scanner, zone) || !scanner.done()) return refusal;
  }
  if (!exists(date)) return Refusal{quoted(text) + " is on a day that no calendar has", "", ""};
  return days_of(date) * day + clock - zone;
}

std::string month_of(std::int64_t time_ms) {
  const std::int64_t days = (time_ms - (time_ms < 0 ? day - 1 : 0)) / day;
  Date date{static_cast<int>(1970 + days / 365), 12, 1};  // not before the year
  while (days_of({date.year, 1, 1}) > days) --date.year;
  while (days_of({date.year + 1, 1, 1}) <= days) ++date.year;
  while (days_of(date) > days) --date.month;
  return fmt::format("{:04}-{:02}", date.year, date.month);
}

}  // namespace sojourn::models
