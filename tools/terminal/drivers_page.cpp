#include "tools/terminal/drivers_page.h"

#include "models/journey/fields.h"
#include "models/journey/values.h"
#include "models/text/number.h"
#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"
#include "tools/terminal/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

constexpr std::size_t kShown = 12;  // drivers

std::string title(const Drivers& drivers, const Provenance& provenance, const Look& look) {
  std::string text = painted(look, Tone::strong, printable(provenance.journey.title));
  for (const FileStamp& scenario : provenance.scenarios) {
    text += paragraph(look.say("with {0}", {printable(scenario.title)}), look.width);
  }
  text += painted(look, Tone::dim,
                  look.say("{0} simulated customers, seed {1}; in brackets the 95 % interval of chance",
                           {whole(provenance.agents, look), std::to_string(provenance.seed)}));
  return text + "\n" +
         paragraph(
             look.say("As it is: NPS {0}, satisfaction {1}, success {2}",
                      {with_interval(drivers.base[0], {Unit::nps_points}, look),
                       value(drivers.base[1].estimate, {Unit::points}, look), percent(drivers.base[2].estimate, look)}),
             look.width);
}

/// "7.8 + 1", "0.18 + 0.018", "4 d + 9.6 h".
std::string step_words(const Driver& driver, const Look& look) {
  const auto words = [&](double amount) {
    if (driver.lever.type->kind == Kind::duration) return duration(amount / 3.6e6, look);
    std::string text = fmt::format("{:.3g}", amount);
    if (look.language == Language::german) std::ranges::replace(text, '.', ',');
    return text;
  };
  return words(driver.lever.value) + (driver.step < 0 ? " " + std::string(look.minus()) + " " : " + ") +
         words(std::abs(driver.step));
}

Style difference(Unit unit, const std::string& money = {}) { return {unit, money, Style::Kind::difference}; }

/// NPS effects of a small step are small: two decimals.
std::string nps_change(const Figure& figure, const Look& look) {
  if (!std::isfinite(figure.estimate)) return std::string(look.none());
  std::string text = signed_decimal(figure.estimate, 2, look);
  if (std::isfinite(figure.lo) && figure.lo != figure.hi) {
    text +=
        " (" + look.say("{0} to {1}", {signed_decimal(figure.lo, 2, look), signed_decimal(figure.hi, 2, look)}) + ")";
  }
  return text;
}

std::string largest(const Drivers& drivers, const Provenance& provenance, const Look& look) {
  Table table({{look.say("From, and the step"), Align::left},
               {look.say("Change in NPS"), Align::left},
               {look.say("Satis-\nfaction")},
               {look.say("Success\n(points)")},
               {provenance.money.empty() ? look.say("Cost") : look.say("Cost\n({0})", {printable(provenance.money)})}});
  bool linear = false;
  for (std::size_t i = 0; i < std::min(kShown, drivers.drivers.size()); ++i) {
    const Driver& driver = drivers.drivers[i];
    const bool rerun = driver.effect_from == EffectFrom::rerun;
    linear = linear || !rerun;
    table.section(printable(driver.lever.address) + (rerun ? "" : " *"));
    table.row(
        {step_words(driver, look), Cell(nps_change(driver.effect[0], look), tone_of(driver.effect[0], Better::more)),
         signed_decimal(driver.effect[1].estimate, 2, look), signed_decimal(100 * driver.effect[2].estimate, 2, look),
         signed_decimal(driver.effect[3].estimate, 2, look)});
  }
  std::string how = look.say(
      "The same customers again with one number moved: a point where it is a point of the 0 to 10 scale, else 10 %.");
  if (linear) how += look.say(" * by the derivative: its step makes no valid journey.");
  return heading(look, look.say("The numbers that move NPS most"), how) + table.text(look);
}

std::string words_of(Quadrant quadrant, const Look& look) {
  switch (quadrant) {
    case Quadrant::concentrate: return look.say("Improve first");
    case Quadrant::keep_up: return look.say("Keep it up");
    case Quadrant::low_priority: return look.say("Can wait");
    case Quadrant::possible_overkill: return look.say("Perhaps too much");
    case Quadrant::none: break;
  }
  return "";
}

/// In English the sentence that the JSON has.
std::string callout_words(const Callout& callout, const Drivers& drivers, const Look& look) {
  if (look.language == Language::english) return spoken(look, callout.sentence);
  const double of_100 = 100 * drivers.touchpoints[callout.touchpoint].reach.estimate;
  return look.say(
      "'{0}' is small and matters: only {1} of 100 customers come there, but one more point of experience lifts "
      "the NPS of those who do by {2}, against {3} at an average touchpoint.",
      {printable(label_of(drivers.names.touchpoints[callout.touchpoint])), decimal(of_100, of_100 < 9.95 ? 1 : 0, look),
       decimal(callout.worth, 1, look), decimal(callout.average, 1, look)});
}

std::string insight_map(const Drivers& drivers, const Look& look) {
  Table table({{"", Align::left, 16, 2},
               {look.say("Reach")},
               {look.say("One point more:\nNPS"), Align::left},
               {look.say("Exper-\nience")},
               {"", Align::left}});
  for (const Quadrant quadrant :
       {Quadrant::concentrate, Quadrant::keep_up, Quadrant::low_priority, Quadrant::possible_overkill}) {
    std::vector<std::size_t> members;
    for (std::size_t t = 0; t < drivers.touchpoints.size(); ++t) {
      if (drivers.touchpoints[t].quadrant == quadrant) members.push_back(t);
    }
    std::ranges::stable_sort(members, [&](std::size_t a, std::size_t b) {
      return drivers.touchpoints[a].importance.estimate > drivers.touchpoints[b].importance.estimate;
    });
    for (const std::size_t t : members) {
      const TouchpointDriver& one = drivers.touchpoints[t];
      table.row({label_of(drivers.names.touchpoints[t]), percent(one.reach.estimate, look),
                 nps_change(one.importance, look), decimal(one.performance.estimate, 1, look),
                 Cell(words_of(quadrant, look), quadrant == Quadrant::concentrate ? Tone::strong : Tone::plain)});
    }
  }
  std::string text =
      heading(look, look.say("Insight map"),
              look.say("Importance: what one more point of experience there does to NPS. Performance: the mean "
                       "experience. Split at their means, {0} and {1}.",
                       {decimal(drivers.mean_importance, 2, look), decimal(drivers.mean_performance, 1, look)})) +
      table.text(look);
  for (const Callout& callout : drivers.callouts) {
    text += "\n" + paragraph(callout_words(callout, drivers, look), look.width);
  }
  return text;
}

std::string worth(const Drivers& drivers, const Look& look) {
  Table table({{"", Align::left, 12, 2},
               {look.say("Success\nthrough")},
               {look.say("Share of\nsuccess")},
               {look.say("Moments:\nNPS")},
               {look.say("Removed:\nsuccess")},
               {look.say("Removed:\nNPS"), Align::left}});
  for (std::size_t t = 0; t < drivers.touchpoints.size(); ++t) {
    const TouchpointDriver& one = drivers.touchpoints[t];
    if (!(one.reach.estimate > 0)) continue;
    const std::string success =
        one.rerouted ? signed_decimal(100 * (*one.rerouted)[2].estimate, 1, look) : std::string(look.none());
    table.row({label_of(drivers.names.touchpoints[t]), percent(one.through_share.estimate, look),
               decimal(100 * one.shapley_success.estimate, 1, look), signed_decimal(one.shapley_nps.estimate, 1, look),
               success,
               one.rerouted ? with_interval((*one.rerouted)[0], difference(Unit::nps_points), look)
                            : std::string(look.none())});
  }
  return heading(look, look.say("What each touchpoint is worth"),
                 look.say("Successes through it would be lost if it led nowhere. Share of success: each success shared "
                          "equally by the touchpoints that it used (Shapley), in points. Moments: what they, as "
                          "remembered, do to NPS. Removed: its customers take the other ways instead; a dash where "
                          "somebody would have none.")) +
         table.text(look);
}

}  // namespace

std::string drivers_page(const Drivers& drivers, const Provenance& provenance, const Look& look) {
  std::string text = title(drivers, provenance, look) + largest(drivers, provenance, look) +
                     insight_map(drivers, look) + worth(drivers, look);
  if (!drivers.exact.derivatives.empty()) {
    text +=
        "\n" +
        paragraph(
            look.say("Success, cost and value are solved exactly here: what a small change does to them has no error."),
            look.width);
  }
  if (!drivers.left_out.empty()) {
    text += "\n" + painted(look, Tone::dim,
                           look.say("{0} numbers were looked at; {1} have no derivative here, each for the reason that "
                                    "--json and --csv give.",
                                    {whole(drivers.drivers.size(), look), whole(drivers.left_out.size(), look)}));
  }
  return text;
}

}  // namespace sojourn::tools
