#pragma once
// Figures as people read them. NPS points and shares with one decimal, points with two; the minus is a minus; an interval
// is said in words: "28.4 (27.9 to 28.9)". What does not exist is a dash, never a 0.

#include "models/score/result.h"
#include "tools/terminal/look.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sojourn::tools {

/// With commas between thousands (in German with points, and a decimal comma) and never "-0.0"; a dash for what is not a number.
std::string decimal(double value, int decimals, const Look& look);
/// The same with a plus in front of what is above 0 as shown.
std::string signed_decimal(double value, int decimals, const Look& look);
/// "41,000"; in German "41.000".
std::string whole(std::uint64_t value, const Look& look);

/// The label of a metric in the look's language.
std::string label_of(const models::MetricInfo& metric, const Look& look);

/// "18 %", "0.4 %", "<0.1 %".
std::string percent(double share, const Look& look);
/// "12 min", "3.1 h", "4.2 d".
std::string duration(double hours, const Look& look);

/// How a figure is printed: what it measures, in which currency, and whether it is a difference (which has a sign).
struct Style {
  models::Unit unit = models::Unit::points;
  std::string money = {};
  enum class Kind { level, difference } kind = Kind::level;
};

/// "28.4", "+4.2", "64.9 %", "+1.3 EUR".
std::string value(double value, const Style& style, const Look& look);
/// "28.4 (27.9 to 28.9)"; without brackets where there is no interval, or none to speak of.
std::string with_interval(const models::Figure& figure, const Style& style, const Look& look);

/// The tone of a difference: better or worse only if its interval (the simultaneous one, where there is one) excludes 0.
Tone tone_of(const models::Figure& difference, models::Better better);

/// Shares of a whole as parts of `total` that add up to it, by largest remainder (Hamilton's method).
std::vector<std::int64_t> rounded_parts(std::span<const double> shares, std::int64_t total);

}  // namespace sojourn::tools
