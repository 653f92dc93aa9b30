#include "tools/terminal/verdict_words.h"

#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"

#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

/// Labels of the personas whose interval lies on that side of 0.
std::string personas_with(const Comparison& c, const Names& names, bool better, const Look& look) {
  std::string list;
  for (std::size_t p = 0; p < names.personas.size(); ++p) {
    const Figure& nps = c.difference.personas[p][Metric::nps];
    if (!(better ? nps.adjusted_lo > 0 : nps.adjusted_hi < 0)) continue;
    list += (list.empty() ? std::string() : look.say(" and ")) + printable(label_of(names.personas[p]));
  }
  return list;
}

std::string money_words(const Comparison& c, const std::string& currency, const Look& look) {
  const Figure& gain = c.net_gain;
  if (!std::isfinite(gain.estimate)) return "";
  const std::string amount = value(std::abs(gain.estimate), {Unit::money, currency}, look);
  if (gain.lo > 0 && std::isfinite(c.break_even_journeys.estimate)) {
    const double journeys = c.break_even_journeys.estimate;
    double unit = 1;
    while (journeys / unit >= 100) unit *= 10;  // two digits are all that a break-even deserves
    const std::string rounded = journeys >= 1e12 ? "> 10^12" : decimal(std::ceil(journeys / unit) * unit, 0, look);
    return look.say("; pays back after {0} journeys", {rounded});
  }
  if (gain.lo > 0) return look.say("; gains {0} a journey", {amount});
  if (!(gain.hi < 0)) return "";
  return c.cost_once > 0 ? look.say("; costs {0} a journey net and never pays back", {amount})
                         : look.say("; costs {0} a journey net", {amount});
}

}  // namespace

std::string verdict_words(const Comparison& c, const CompareResult& result, const Look& look) {
  if (look.language == Language::english) return spoken(look, c.sentence);
  const Figure& nps = c.difference.overall[Metric::nps];
  const std::string title = printable(c.scenario.title);
  const std::string by = signed_decimal(nps.estimate, 1, look);
  const std::string size = decimal(std::abs(nps.estimate), 1, look);
  const std::string interval =
      look.say("{0} to {1}", {signed_decimal(nps.adjusted_lo, 1, look), signed_decimal(nps.adjusted_hi, 1, look)});
  const std::string from = decimal(result.base.overall[Metric::nps].estimate, 0, look);
  const std::string to = decimal(c.result.overall[Metric::nps].estimate, 0, look);
  const std::string changed = percent(c.agents_changed.estimate, look);
  const auto moved = [&](Phrase phrase) { return look.say(phrase, {title, size, interval, from, to, changed}); };
  std::string text;
  switch (c.verdict) {
    case Verdict::no_matter:
      text = look.say("No difference that matters. {0} moves NPS by {1} ({2}); {3} of journeys change",
                      {title, by, interval, changed});
      break;
    case Verdict::better:
      text = moved("Better. {0} lifts NPS by {1} ({2}), from {3} to {4}; {5} of journeys change");
      break;
    case Verdict::better_at_a_price:
      text = moved("Better, at a price. {0} lifts NPS by {1} ({2}), from {3} to {4}; {5} of journeys change");
      break;
    case Verdict::worse:
      text = moved("Worse. {0} costs {1} NPS points ({2}), from {3} to {4}; {5} of journeys change");
      break;
    case Verdict::worse_but_saves:
      text = moved("Worse, but saves. {0} costs {1} NPS points ({2}), from {3} to {4}; {5} of journeys change");
      break;
    case Verdict::personas_disagree:
      text = look.say("{0}: better for {1}, worse for {2}; overall no clear difference ({3}); {4} of journeys change",
                      {title, personas_with(c, result.names, true, look), personas_with(c, result.names, false, look),
                       interval, changed});
      break;
    case Verdict::unclear:
      text =
          look.say("No clear difference. The run cannot tell {0} from no effect: NPS {1} ({2}); {3} of journeys change",
                   {title, by, interval, changed});
      break;
  }
  return text + money_words(c, result.provenance.money, look) + ".";
}

}  // namespace sojourn::tools
