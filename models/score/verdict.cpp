#include "models/score/verdict.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace sojourn::models {
namespace {

constexpr const char* kMinus = "\u2212";

std::string one_decimal(double x) {
  const std::string digits = fmt::format("{:.1f}", std::abs(x));
  return (x < 0 && digits != "0.0" ? kMinus : "") + digits;
}

std::string signed_one_decimal(double x) {
  const std::string text = one_decimal(x);
  return (x > 0 && text != "0.0" ? "+" : "") + text;
}

std::string whole(double x) {
  const std::string digits = fmt::format("{:.0f}", std::abs(x));
  return (x < 0 && digits != "0" ? kMinus : "") + digits;
}

/// 41234.5 -> "41,000": two significant digits are all that a break-even deserves.
std::string rounded_count(double x) {
  if (x >= 1e12) return "more than 1,000,000,000,000";
  double scale = 1;
  while (x / scale >= 100) scale *= 10;
  std::string digits = fmt::format("{:.0f}", std::ceil(x / scale) * scale);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

std::string share_changed(double share) {
  if (share > 0 && share < 0.001) return "less than 0.1 %";
  if (share > 0 && share < 0.1) return fmt::format("{:.1f} %", 100 * share);
  return fmt::format("{:.0f} %", 100 * share);
}

enum class Sign { better, worse, unclear };

Sign sign_of(const Figure& f) {
  if (f.adjusted_lo > 0) return Sign::better;
  if (f.adjusted_hi < 0) return Sign::worse;
  return Sign::unclear;
}

/// Names of the personas that the scenario is clearly better (or worse) for.
std::string personas_with(const Comparison& comparison, const Names& names, Sign sign) {
  std::string list;
  for (std::size_t p = 0; p < names.personas.size(); ++p) {
    if (sign_of(comparison.difference.personas[p][Metric::nps]) != sign) continue;
    if (!list.empty()) list += " and ";
    list += names.personas[p].label;
  }
  return list;
}

}  // namespace

Verdict verdict_of(const Comparison& comparison, double matters) {
  const Figure& nps = comparison.difference.overall[Metric::nps];
  if (nps.adjusted_lo >= -matters && nps.adjusted_hi <= matters) return Verdict::no_matter;
  switch (sign_of(nps)) {
    case Sign::better: return comparison.net_gain.hi < 0 ? Verdict::better_at_a_price : Verdict::better;
    case Sign::worse: return comparison.net_gain.lo > 0 ? Verdict::worse_but_saves : Verdict::worse;
    case Sign::unclear: break;
  }
  bool better = false;
  bool worse = false;
  for (const Summary& persona : comparison.difference.personas) {
    better = better || sign_of(persona[Metric::nps]) == Sign::better;
    worse = worse || sign_of(persona[Metric::nps]) == Sign::worse;
  }
  return better && worse ? Verdict::personas_disagree : Verdict::unclear;
}

std::string verdict_sentence(const Comparison& comparison, const Figures& base, const Names& names,
                             const std::string& money, double matters) {
  const Figure& nps = comparison.difference.overall[Metric::nps];
  const std::string& title = comparison.scenario.title;
  const std::string from = whole(base.overall[Metric::nps].estimate);
  const std::string to = whole(comparison.result.overall[Metric::nps].estimate);
  const std::string interval =
      fmt::format("({} to {})", signed_one_decimal(nps.adjusted_lo), signed_one_decimal(nps.adjusted_hi));
  std::string text;
  auto out = std::back_inserter(text);
  switch (comparison.verdict) {
    case Verdict::no_matter:
      fmt::format_to(out, "No difference that matters. {} moves NPS by {} {}, at most {} either way", title,
                     signed_one_decimal(nps.estimate), interval,
                     matters == 0.5 ? "half a point" : fmt::format("{} points", one_decimal(matters)));
      break;
    case Verdict::better:
    case Verdict::better_at_a_price:
      fmt::format_to(out, "{} {} lifts NPS by {} {}, from {} to {}",
                     comparison.verdict == Verdict::better ? "Better." : "Better, at a price.", title,
                     one_decimal(nps.estimate), interval, from, to);
      break;
    case Verdict::worse:
    case Verdict::worse_but_saves:
      fmt::format_to(out, "{} {} costs {} NPS points {}, from {} to {}",
                     comparison.verdict == Verdict::worse ? "Worse." : "Worse, but saves.", title,
                     one_decimal(-nps.estimate), interval, from, to);
      break;
    case Verdict::personas_disagree:
      fmt::format_to(out, "{}: better for {}, worse for {}; overall no clear difference {}", title,
                     personas_with(comparison, names, Sign::better), personas_with(comparison, names, Sign::worse),
                     interval);
      break;
    case Verdict::unclear:
      fmt::format_to(out, "No clear difference. The run cannot tell {} from no effect: NPS {} {}", title,
                     signed_one_decimal(nps.estimate), interval);
      break;
  }
  fmt::format_to(out, "; {} of journeys change", share_changed(comparison.agents_changed.estimate));
  const Figure& gain = comparison.net_gain;
  if (gain.estimate == gain.estimate) {
    const auto amount = [&](double x) {
      return fmt::format("{:.2f}{}{}", std::abs(x), money.empty() ? "" : " ", money);
    };
    if (comparison.break_even_journeys.estimate == comparison.break_even_journeys.estimate && gain.lo > 0) {
      fmt::format_to(out, "; pays back after {} journeys", rounded_count(comparison.break_even_journeys.estimate));
    } else if (gain.lo > 0) {
      fmt::format_to(out, "; gains {} a journey", amount(gain.estimate));
    } else if (gain.hi < 0) {
      fmt::format_to(out, "; costs {} a journey net{}", amount(gain.estimate),
                     comparison.cost_once > 0 ? " and never pays back" : "");
    }
  }
  return text + ".";
}

}  // namespace sojourn::models
