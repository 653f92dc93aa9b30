#include "tools/terminal/number_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sojourn::tools {
namespace {

using models::Figure;
using models::Unit;

/// A scale on which a figure, its interval included, is shown.
struct Scale {
  double factor = 1;
  int decimals = 1;
  std::string unit;  // with the space before it
};

Scale time_scale(double hours) {
  const double size = std::abs(hours);
  Scale scale;
  if (size < 1.0 / 60) {
    scale = {3600, 1, " s"};
  } else if (size < 1.5) {
    scale = {60, 1, " min"};
  } else if (size < 48) {
    scale = {1, 1, " h"};
  } else {
    scale = {1.0 / 24, 1, " d"};
  }
  if (size * scale.factor >= 99.95) scale.decimals = 0;
  return scale;
}

Scale scale_of(const Style& style, double largest) {
  switch (style.unit) {
    case Unit::nps_points: return {1, 1, ""};
    case Unit::points: return {1, 2, ""};
    case Unit::share: return {100, 1, " %"};
    case Unit::count: return {1, largest >= 1000 ? 0 : 2, ""};
    case Unit::hours: return time_scale(largest);
    case Unit::money: return {1, largest >= 10000 ? 0 : 2, style.money.empty() ? "" : " " + style.money};
  }
  return {};
}

std::string scaled(double value, const Scale& scale, Style::Kind kind, const Look& look) {
  const double shown = value * scale.factor;
  return kind == Style::Kind::difference ? signed_decimal(shown, scale.decimals, look)
                                         : decimal(shown, scale.decimals, look);
}

/// A number written in English as the language writes it.
std::string in_language(std::string text, const Look& look) {
  if (look.language != Language::german) return text;
  for (char& c : text) c = c == ',' ? '.' : c == '.' ? ',' : c;
  return text;
}

/// Digits of |value|, grouped by thousands.
std::string digits(double value, int decimals, const Look& look) {
  std::string text = fmt::format("{:.{}f}", std::abs(value), decimals);
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > 3; at -= 3) text.insert(at - 3, ",");
  return in_language(text, look);
}

bool is_zero(const std::string& shown) { return shown.find_first_not_of("0.,") == std::string::npos; }

}  // namespace

std::string decimal(double value, int decimals, const Look& look) {
  if (!std::isfinite(value)) return std::string(look.none());
  const std::string text = digits(value, decimals, look);
  return value < 0 && !is_zero(text) ? std::string(look.minus()) + text : text;
}

std::string signed_decimal(double value, int decimals, const Look& look) {
  const std::string text = decimal(value, decimals, look);
  return value > 0 && std::isfinite(value) && !is_zero(text) ? "+" + text : text;
}

std::string whole(std::uint64_t value, const Look& look) {
  std::string text = std::to_string(value);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return in_language(text, look);
}

std::string label_of(const models::MetricInfo& metric, const Look& look) {
  return look.say(Phrase::untranslated(translated(metric.label, look.language)));
}

std::string percent(double share, const Look& look) {
  if (!std::isfinite(share)) return std::string(look.none());
  const double points = 100 * share;
  const double size = std::abs(points);
  if (size > 0 && size < 0.05) return "<" + decimal(0.1, 1, look) + " %";
  return decimal(points, size == 0 || size >= 9.95 ? 0 : 1, look) + " %";
}

std::string duration(double hours, const Look& look) {
  if (hours == 0) return "0";
  return value(hours, {Unit::hours}, look);
}

std::string value(double value, const Style& style, const Look& look) {
  if (!std::isfinite(value)) return std::string(look.none());
  const Scale scale = scale_of(style, std::abs(value));
  return scaled(value, scale, style.kind, look) + scale.unit;
}

std::string with_interval(const Figure& figure, const Style& style, const Look& look) {
  const bool interval = std::isfinite(figure.lo) && std::isfinite(figure.hi) && figure.lo != figure.hi;
  if (!std::isfinite(figure.estimate) || !interval) return value(figure.estimate, style, look);
  const double largest = std::max({std::abs(figure.estimate), std::abs(figure.lo), std::abs(figure.hi)});
  const Scale scale = scale_of(style, largest);
  return scaled(figure.estimate, scale, style.kind, look) + scale.unit + " (" +
         look.say("{0} to {1}",
                  {scaled(figure.lo, scale, style.kind, look), scaled(figure.hi, scale, style.kind, look)}) +
         ")";
}

Tone tone_of(const Figure& difference, models::Better better) {
  const bool adjusted = std::isfinite(difference.adjusted_lo) && std::isfinite(difference.adjusted_hi);
  const double lo = adjusted ? difference.adjusted_lo : difference.lo;
  const double hi = adjusted ? difference.adjusted_hi : difference.hi;
  if (better == models::Better::neutral) return Tone::plain;
  if (lo > 0) return better == models::Better::more ? Tone::better : Tone::worse;
  if (hi < 0) return better == models::Better::more ? Tone::worse : Tone::better;
  return Tone::dim;
}

std::vector<std::int64_t> rounded_parts(std::span<const double> shares, std::int64_t total) {
  std::vector<std::int64_t> parts(shares.size(), 0);
  std::vector<double> remainders(shares.size(), 0);
  double sum = 0;
  for (const double share : shares) sum += share > 0 ? share : 0;
  if (!(sum > 0)) return parts;
  std::int64_t given = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double exact = std::max(shares[i], 0.0) / sum * static_cast<double>(total);
    parts[i] = static_cast<std::int64_t>(std::floor(exact));
    remainders[i] = exact - static_cast<double>(parts[i]);
    given += parts[i];
  }
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; given < total && i < order.size(); ++i, ++given) ++parts[order[i]];
  return parts;
}

}  // namespace sojourn::tools
