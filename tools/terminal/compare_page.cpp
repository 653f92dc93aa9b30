#include "tools/terminal/compare_page.h"

#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/observed_page.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"
#include "tools/terminal/text.h"
#include "tools/terminal/uncertain_page.h"
#include "tools/terminal/verdict_words.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

const Style nps_change{Unit::nps_points, {}, Style::Kind::difference};

using Entry = Lettered;

std::vector<Entry> best_first(const CompareResult& result) {
  std::vector<Entry> entries;
  for (const Comparison& comparison : result.scenarios) entries.push_back({&comparison, ""});
  const auto change = [](const Entry& entry) { return entry.comparison->difference.overall[Metric::nps].estimate; };
  std::stable_sort(entries.begin(), entries.end(),
                   [&](const Entry& a, const Entry& b) { return change(a) > change(b); });
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].letter = i < 26 ? std::string(1, static_cast<char>('A' + i)) : std::to_string(i + 1);
  }
  return entries;
}

std::string mark(Verdict verdict, const Look& look) {
  switch (verdict) {
    case Verdict::better:
    case Verdict::better_at_a_price: return look.utf8 ? "\u25b2" : "^";
    case Verdict::worse:
    case Verdict::worse_but_saves: return look.utf8 ? "\u25bc" : "v";
    case Verdict::no_matter: return "=";
    case Verdict::unclear:
    case Verdict::personas_disagree: return "?";
  }
  return "";
}

Tone tone_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::better:
    case Verdict::better_at_a_price: return Tone::better;
    case Verdict::worse:
    case Verdict::worse_but_saves: return Tone::worse;
    default: return Tone::dim;
  }
}

/// With the interval that holds for all what-ifs together.
std::string change_for_all(const Figure& difference, const Look& look) {
  Figure figure = difference;
  if (std::isfinite(figure.adjusted_lo) && std::isfinite(figure.adjusted_hi)) {
    figure.lo = figure.adjusted_lo;
    figure.hi = figure.adjusted_hi;
  }
  return with_interval(figure, nps_change, look);
}

std::string title(const CompareResult& result, const Look& look) {
  const Provenance& provenance = result.provenance;
  const Summary& base = result.base.overall;
  return painted(look, Tone::strong, printable(provenance.journey.title)) +
         painted(look, Tone::dim,
                 look.say("The same {0} simulated customers, seed {1}, as it is and in every what-if",
                          {whole(provenance.agents, look), std::to_string(provenance.seed)})) +
         "\n" +
         look.say(
             "As it is: NPS {0}, satisfaction {1}, success {2}",
             {with_interval(base[Metric::nps], {Unit::nps_points}, look),
              decimal(base[Metric::satisfaction].estimate, 2, look), percent(base[Metric::success].estimate, look)}) +
         "\n";
}

std::string effects(const std::vector<Entry>& entries, const CompareResult& result, const Look& look) {
  Table table({{"", Align::left},
               {look.say("What if"), Align::left, 12, 2},
               {"NPS"},
               {"", Align::left},
               {look.say("Change in NPS"), Align::left},
               {look.say("Satis-\nfaction")},
               {look.say("Success\n(points)")},
               {look.say("Journeys\nchanged")}});
  for (const Entry& entry : entries) {
    const Comparison& c = *entry.comparison;
    const Summary& difference = c.difference.overall;
    const Figure& satisfaction = difference[Metric::satisfaction];
    const Figure& success = difference[Metric::success];
    table.row({entry.letter, c.scenario.title, decimal(c.result.overall[Metric::nps].estimate, 0, look),
               Cell(mark(c.verdict, look), tone_of(c.verdict)),
               Cell(change_for_all(difference[Metric::nps], look), tone_of(c.verdict)),
               Cell(signed_decimal(satisfaction.estimate, 2, look), tools::tone_of(satisfaction, Better::more)),
               Cell(signed_decimal(100 * success.estimate, 1, look), tools::tone_of(success, Better::more)),
               percent(c.agents_changed.estimate, look)});
  }
  const bool several = entries.size() > 1;
  std::vector<double> ratios;
  for (const Entry& entry : entries) ratios.push_back(entry.comparison->difference.control_ratio);
  const std::string sharper = controls_in_words(result.provenance.controls, std::move(ratios), look);
  return heading(look, look.say("What each would do"),
                 several ? look.say("Best first. In brackets the 95 % interval of chance, which holds for all of them "
                                    "together.")
                         : look.say("Best first. In brackets the 95 % interval of chance.")) +
         table.text(look) + (sharper.empty() ? "" : painted(look, Tone::dim, sharper));
}

/// Rounded up to two digits, which is all that a break-even deserves.
std::string pays_back(const Comparison& c, const Look& look) {
  if (c.cost_once > 0 && c.net_gain.lo < 0 && c.net_gain.hi > 0) return look.say("not clear");
  const double journeys = c.break_even_journeys.estimate;
  if (journeys >= 1e12) return "> 10^12";
  if (std::isfinite(journeys)) {
    double unit = 1;
    while (journeys / unit >= 100) unit *= 10;
    const auto rounded = static_cast<std::uint64_t>(std::ceil(journeys / unit) * unit);
    return whole(rounded, look);
  }
  if (!std::isfinite(c.net_gain.estimate)) return std::string(look.none());
  if (c.cost_once > 0) return look.say("never");
  return c.net_gain.lo > 0 ? look.say("at once") : std::string(look.none());
}

std::string money(const std::vector<Entry>& entries, const std::string& currency, const Look& look) {
  Table table({{"", Align::left},
               {look.say("What if"), Align::left, 12, 2},
               {look.say("Net gain a journey"), Align::left},
               {look.say("Journeys until\nit pays back")},
               {look.say("Sharper\nby pairing")}});
  for (const Entry& entry : entries) {
    const Comparison& c = *entry.comparison;
    const Style style{Unit::money, currency, Style::Kind::difference};
    const double ratio = c.variance_ratio;
    table.row({entry.letter, c.scenario.title,
               Cell(with_interval(c.net_gain, style, look), tools::tone_of(c.net_gain, Better::more)),
               pays_back(c, look),
               std::isfinite(ratio) ? decimal(ratio, ratio < 9.95 ? 1 : 0, look) + " x" : std::string(look.none())});
  }
  return heading(look, look.say("What it costs, and how sure it is"),
                 look.say("Sharper by pairing: how many times as many customers two separate runs would need for as "
                          "narrow an interval, had not the same customers travelled through both.")) +
         table.text(look);
}

std::string personas(const Comparison& c, const CompareResult& result, const Look& look) {
  Table table(
      {{look.say("By persona"), Align::left, 18}, {"NPS"}, {look.say("what if")}, {look.say("change"), Align::left}});
  for (std::size_t p = 0; p < result.names.personas.size(); ++p) {
    const Figure& change = c.difference.personas[p][Metric::nps];
    table.row({label_of(result.names.personas[p]), decimal(result.base.personas[p][Metric::nps].estimate, 0, look),
               decimal(c.result.personas[p][Metric::nps].estimate, 0, look),
               Cell(change_for_all(change, look), tools::tone_of(change, Better::more))});
  }
  return table.text(look, 3);
}

constexpr std::size_t most_beginnings = 5;

std::string beginnings(const Comparison& c, const CompareResult& result, const Look& look) {
  struct Beginning {
    std::string label;
    const Figure* change;
  };
  std::vector<Beginning> list;
  for (std::size_t i = 0; i < c.by_first_change.size(); ++i) {
    const Figure& change = c.by_first_change[i];
    if (!std::isfinite(change.estimate) || (change.estimate == 0 && !(change.se > 0))) continue;
    const auto& touchpoints = result.names.touchpoints;
    list.push_back({i < touchpoints.size() ? label_of(touchpoints[i]) : look.say("only at the end"), &change});
  }
  if (list.empty()) return "";
  std::stable_sort(list.begin(), list.end(), [](const Beginning& a, const Beginning& b) {
    return std::abs(a.change->estimate) > std::abs(b.change->estimate);
  });
  // What rounds to nothing is only counted.
  const auto telling = std::find_if(list.begin(), list.end(),
                                    [](const Beginning& one) { return std::abs(one.change->estimate) < 0.05; });
  const std::size_t shown =
      std::clamp<std::size_t>(static_cast<std::size_t>(telling - list.begin()), 1, most_beginnings);
  Table table({{look.say("Where the change begins"), Align::left, 23}, {look.say("NPS points of it"), Align::left}});
  for (std::size_t i = 0; i < shown; ++i) {
    table.row({list[i].label,
               Cell(with_interval(*list[i].change, nps_change, look), tools::tone_of(*list[i].change, Better::more))});
  }
  std::string text = table.text(look, 3);
  if (list.size() > shown) {
    double rest = 0;
    for (std::size_t i = shown; i < list.size(); ++i) rest += list[i].change->estimate;
    text += look.paint(Tone::dim, look.say("   and {0} more, together {1}",
                                           {std::to_string(list.size() - shown), signed_decimal(rest, 1, look)})) +
            "\n";
  }
  return text;
}

std::string details(const Entry& entry, const CompareResult& result, const Look& look) {
  const Comparison& c = *entry.comparison;
  std::string text = heading(look, entry.letter + "  " + c.scenario.title);
  text += paragraph(verdict_words(c, result, look), look.width, 3);
  if (!c.because.empty()) text += paragraph(look.say("Because: {0}", {printable(c.because)}), look.width, 3);
  text += paragraph(flips_in_words(c, look), look.width, 3);
  const std::string where = beginnings(c, result, look);
  if (result.names.personas.size() > 1) text += "\n" + personas(c, result, look);
  if (!where.empty()) text += "\n" + where;
  return text;
}

std::string footer(const CompareResult& result, const std::vector<Entry>& entries, std::uint64_t agent,
                   const Look& look) {
  const std::string journey = shell_word(result.provenance.journey.file);
  std::string with;
  for (const FileStamp& file : result.provenance.scenarios) {
    // A combination names its files one by one; else the best what-if is looked at.
    if (entries.size() == result.provenance.scenarios.size() && file.file != entries.front().comparison->scenario.file)
      continue;
    with += " " + shell_word(file.file);
  }
  return heading(look, look.say("Next")) +
         next_step(look, "sojourn trace " + journey + " --agent " + std::to_string(agent) + " --with" + with,
                   look.say("follows one customer through both journeys, visit by visit")) +
         next_step(look, "sojourn show " + journey + " --differences --with" + with,
                   look.say("lists what was changed")) +
         "\n" +
         painted(look, Tone::dim,
                 (result.uncertain ? "" : look.say("What is not known about the inputs is not in these intervals. ")) +
                     look.say("The model leaves out calendars, shared capacity and simultaneous steps."));
}

struct CountPhrases {
  Phrase none, one, many;
};

std::string count_words(double share, double of, const CountPhrases& phrases, const Look& look) {
  const double count = std::round(share * of);
  if (count < 1) return look.say(phrases.none);
  return look.say(count < 2 ? phrases.one : phrases.many, {whole(static_cast<std::uint64_t>(count), look)});
}

}  // namespace

std::string flips_in_words(const Comparison& comparison, const Look& look) {
  constexpr std::size_t detractor = 0, passive = 1, promoter = 2;
  const auto share = [&](std::size_t from, std::size_t to) {
    const double estimate = comparison.flips[from][to].estimate;
    return std::isfinite(estimate) ? estimate : 0.0;
  };
  const double new_promoters = share(detractor, promoter) + share(passive, promoter);
  const double lost_promoters = share(promoter, detractor) + share(promoter, passive);
  const double new_detractors = share(passive, detractor) + share(promoter, detractor);
  const double lost_detractors = share(detractor, passive) + share(detractor, promoter);
  const double largest = std::max({new_promoters, lost_promoters, new_detractors, lost_detractors});
  if (largest * 100000 < 1) return look.say("Hardly anybody changes between promoter, passive and detractor.");
  double of = 100;
  while (largest * of < 3) of *= 10;  // fewer would be told too coarsely
  const CountPhrases become_promoters{"none becomes a promoter", "{0} becomes a promoter", "{0} become promoters"};
  const CountPhrases stop{"none stops being one", "{0} stops being one", "{0} stop being one"};
  const CountPhrases stop_detractors{"none stops being a detractor", "{0} stops being a detractor",
                                     "{0} stop being detractors"};
  const CountPhrases become{"none becomes one", "{0} becomes one", "{0} become one"};
  return look.say("Of {0} customers {1} and {2}; {3} and {4}.",
                  {whole(static_cast<std::uint64_t>(of), look), count_words(new_promoters, of, become_promoters, look),
                   count_words(lost_promoters, of, stop, look), count_words(lost_detractors, of, stop_detractors, look),
                   count_words(new_detractors, of, become, look)});
}

const Comparison& best(const CompareResult& result) { return *best_first(result).front().comparison; }

std::string compare_page(const CompareResult& result, std::uint64_t agent, const Look& look) {
  const std::vector<Entry> entries = best_first(result);
  std::string text =
      title(result, look) + effects(entries, result, look) + money(entries, result.provenance.money, look);
  if (result.uncertain) {
    std::vector<const Comparison*> order;
    for (const Entry& entry : entries) order.push_back(entry.comparison);
    text += uncertain_inputs(result, order, look);
  }
  text += observed_figures(result, entries, look);
  for (const Entry& entry : entries) text += details(entry, result, look);
  return text + footer(result, entries, agent, look);
}

}  // namespace sojourn::tools
