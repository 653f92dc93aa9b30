#include "tools/terminal/calibrate_page.h"

#include "models/data/event_log.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"

#include <algorithm>
#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

std::string in_short(const CalibrateResult& result, const Look& look) {
  const Calibration& calibration = result.calibration;
  std::string text;
  const double gain = (calibration.fit.log_likelihood - calibration.marginal_log_likelihood) / calibration.answers;
  if (!(gain > 0)) {
    text += look.say(
                "The journey does no better than one histogram for everybody: what it says about touchpoints and "
                "personas is not in the answers.") +
            " ";
  }
  const std::string rows = decimal(calibration.rows, 0, look), answers = decimal(calibration.answers, 0, look);
  const std::string parameters = whole(calibration.addresses.size(), look);
  const std::string journeys = whole(calibration.journeys, look);
  text += calibration.own_paths
              ? look.say("{0} answers ({1} effective) and {2} parameters; each respondent's own journey {3} times.",
                         {rows, answers, parameters, journeys})
              : look.say("{0} answers ({1} effective) and {2} parameters; {3} recorded journeys of each persona.",
                         {rows, answers, parameters, journeys});
  if (result.blank > 0) text += " " + look.say("{0} rows were blank.", {whole(result.blank, look)});
  if (result.rejected > 0) text += " " + look.say("{0} rows could not be read.", {whole(result.rejected, look)});
  return painted(look, Tone::plain, text);
}

constexpr double kMsPerHour = 3'600'000;

/// How those were found that no replay follows.
std::string walked(const Calibration& calibration, const Look& look) {
  if (!calibration.walks) return "";
  std::string list;
  for (std::size_t i = 0; i < calibration.addresses.size(); ++i) {
    if (is_walked(calibration, i)) list += (list.empty() ? "" : ", ") + calibration.addresses[i];
  }
  return painted(
      look, Tone::dim,
      look.say("Found by walking anew ({0} times all recorded journeys) and not by slopes: {1}. Such an interval takes "
               "the answers' likelihood for that of a normal distribution, in a scale without bounds.",
               {whole(static_cast<std::uint64_t>(calibration.walks->banks), look), list}));
}

std::string parameters(const Calibration& calibration, const Look& look) {
  Table table({{look.say("Parameter"), Align::left, 24, 2},
               {look.say("In the file")},
               {look.say("Calibrated")},
               {look.say("95 % interval")},
               {look.say("Learned")}});
  for (std::size_t i = 0; i < calibration.addresses.size(); ++i) {
    const ParameterEstimate& one = calibration.posterior.parameters[i];
    const auto shown = [&](double value) {
      return calibration.is_time[i] ? duration(value / kMsPerHour, look) : decimal(value, 2, look);
    };
    table.row({calibration.addresses[i],
               shown(calibration.written[i]),
               {shown(one.estimate), Tone::strong},
               look.say("{0} to {1}", {shown(one.lo), shown(one.hi)}),
               {percent(std::max(one.contraction, 0.0), look), one.contraction < 0.1 ? Tone::worse : Tone::plain}});
  }
  return heading(look, look.say("What the answers say"),
                 look.say("Learned: by how much the answers narrowed what the prior left open (variance). Simulation "
                          "error is inside the intervals.")) +
         table.text(look) + walked(calibration, look);
}

std::string cell_name(const CheckedCell& cell, const CalibrateResult& result, const Look& look) {
  std::string name = cell.observed.persona == kNotSaid ? look.say("everybody") : result.personas[cell.observed.persona];
  if (cell.observed.touchpoint != kNotSaid) name += ", " + result.touchpoints[cell.observed.touchpoint];
  if (cell.observed.period != kNotSaid) name += ", " + result.periods[cell.observed.period];
  return name;
}

std::string cells(const CalibrateResult& result, const Look& look) {
  Table table({{look.say("Answers of"), Align::left, 16},
               {look.say("Answers")},
               {look.say("NPS observed")},
               {look.say("NPS expected")},
               {look.say("z")},
               {look.say("Histogram fits (p)")}});
  for (const CheckedCell& cell : result.calibration.cells) {
    double answers = 0;
    for (const double count : cell.observed.count) answers += count;
    const bool off = !fits(cell);
    table.row({{cell_name(cell, result, look), off ? Tone::worse : Tone::plain},
               decimal(answers, 0, look),
               decimal(cell.nps_observed, 1, look),
               look.say("{0} ({1} to {2})",
                        {decimal(cell.nps, 1, look), decimal(cell.nps_lo, 1, look), decimal(cell.nps_hi, 1, look)}),
               signed_decimal(cell.z, 1, look),
               decimal(cell.p_value, 2, look)});
  }
  return heading(look, look.say("Whether the calibrated journey answers like the survey"),
                 look.say("p: how often answers that the journey itself gives are at least as far off. Below 0.01, or "
                          "z beyond 3, look closer.")) +
         table.text(look);
}

std::string weak(const Calibration& calibration, const Look& look) {
  std::string text;
  constexpr std::size_t kShown = 5;
  for (std::size_t i = 0; i < std::min(kShown, calibration.weak_words.size()); ++i) {
    const std::string& words = calibration.weak_words[i];
    text += painted(look, Tone::worse, look.say("The data say less than the prior about {0}.", {words}));
  }
  if (calibration.weak_words.size() > kShown) {
    text +=
        painted(look, Tone::worse,
                look.say("And about {0} other combinations.", {whole(calibration.weak_words.size() - kShown, look)}));
  }
  for (const Profile& one : calibration.profiles) {
    const std::string& address = calibration.addresses[one.parameter];
    switch (one.shape) {
      case Profile::Shape::closed:
        text += painted(look, Tone::dim, look.say("{0} alone: the likelihood falls to both sides.", {address}));
        break;
      case Profile::Shape::flat:
        text += painted(look, Tone::dim,
                        look.say("{0} alone: any value that the prior allows fits the answers.", {address}));
        break;
      case Profile::Shape::open_below:
        text += painted(look, Tone::dim, look.say("{0} alone: the answers give it no lower end.", {address}));
        break;
      case Profile::Shape::open_above:
        text += painted(look, Tone::dim, look.say("{0} alone: the answers give it no upper end.", {address}));
        break;
    }
  }
  return text.empty() ? text : heading(look, look.say("What the answers do not tell")) + text;
}

std::string simpler(const Calibration& calibration, const Look& look) {
  std::string text;
  for (const SimplerFit& one : calibration.simpler) {
    const std::string worse = decimal(std::abs(one.worse), 1, look);
    const bool earned = is_earned(one);
    const std::string name =
        one.name == "loss_aversion_1" ? look.say("Without loss aversion") : look.say("With a memory of the mean only");
    text += painted(
        look, Tone::plain,
        name + ": " +
            (one.worse > 0 ? look.say("{0} nats less likely", {worse}) : look.say("{0} nats likelier", {worse})) +
            ". " +
            (earned ? look.say("What the journey has instead is earned.")
                    : look.say("The simpler journey explains the answers as well.")));
  }
  return text.empty() ? text : heading(look, look.say("Simpler journeys")) + text;
}

std::string held_out(const HeldOut& held_out, const Look& look) {
  Table table({{look.say("Forecast"), Align::left, 16},
               {look.say("Log score")},
               {look.say("RPS")},
               {look.say("NPS")},
               {look.say("Journey better by (nats)")}});
  table.row({{look.say("the journey"), Tone::strong},
             decimal(held_out.scores.log_score, 4, look),
             decimal(held_out.scores.rps, 4, look),
             decimal(held_out.scores.nps, 1, look),
             std::string(look.none())});
  for (const Baseline& one : held_out.baselines) {
    if (!one.scores) continue;
    table.row(
        {std::string(translated(one.name, look.language)),
         decimal(one.scores->log_score, 4, look),
         decimal(one.scores->rps, 4, look),
         decimal(one.scores->nps, 1, look),
         {look.say("{0} ({1} to {2})", {signed_decimal(one.gain.gain, 4, look), signed_decimal(one.gain.lo, 4, look),
                                        signed_decimal(one.gain.hi, 4, look)}),
          one.gain.lo > 0   ? Tone::better
          : one.gain.hi < 0 ? Tone::worse
                            : Tone::plain}});
  }
  std::string text = heading(look, look.say("Answers that were held out"),
                             look.say("Log score: the higher the better; RPS: the lower the better.")) +
                     table.text(look);
  text += painted(look, Tone::plain,
                  look.say("NPS {0} was foretold ({1} to {2}), {3} was observed.",
                           {decimal(held_out.scores.nps, 1, look), decimal(held_out.nps_lo, 1, look),
                            decimal(held_out.nps_hi, 1, look), decimal(held_out.scores.observed.nps, 1, look)}));
  text += painted(
      look, Tone::plain,
      look.say("From the answers that calibrated it moves by {0} ({1} to {2}) as foretold, and by {3} as observed.",
               {signed_decimal(held_out.shift.predicted, 1, look), signed_decimal(held_out.shift.lo, 1, look),
                signed_decimal(held_out.shift.hi, 1, look), signed_decimal(held_out.shift.observed, 1, look)}));
  if (drifts(held_out)) {
    text += painted(look, Tone::worse,
                    look.say("Drift: a shift of {0} NPS points is not explained by the journey.",
                             {signed_decimal(held_out.drift_nps, 1, look)}));
  }
  return text;
}

std::string ways(const CalibratedWays& ways, const Look& look) {
  Table table({{look.say("Way"), Align::left, 24, 2},
               {look.say("Steps")},
               {look.say("In the file")},
               {look.say("Calibrated")}});
  for (const CalibratedWays::Weight& one : ways.weights) {
    table.row({one.address,
               decimal(one.count, 0, look),
               percent(one.before, look),
               {percent(one.estimate, look), Tone::strong}});
  }
  std::string text =
      heading(look, look.say("Where the log's cases went"), look.say("{0} steps.", {whole(ways.steps, look)}));
  if (!ways.weights.empty()) text += table.text(look);
  for (const auto& [choice, why] : ways.not_used) {
    text += painted(look, Tone::dim, look.say("Not used: {0} ({1}).", {choice, look.retold(why)}));
  }
  std::uint64_t strays = 0;
  for (const CalibratedWays::Stray& one : ways.strays) strays += one.count;
  if (strays > 0) {
    const CalibratedWays::Stray& most = *std::ranges::max_element(ways.strays, {}, &CalibratedWays::Stray::count);
    text +=
        painted(look, Tone::worse,
                look.say("{0} steps are along ways that the journey does not have; most of them ({1}) from {2} to {3}.",
                         {whole(strays, look), whole(most.count, look), most.from, most.to}));
  }
  return text;
}

std::string join(const Calibration& calibration, const Look& look) {
  const std::optional<Join>& join = calibration.join;
  if (!join) {
    return painted(look, Tone::dim,
                   look.say("Respondents are not joined with the log: the survey does not say their cases "
                            "(--case-column)."));
  }
  std::string text = look.say("{0} of {1} respondents are in the log.",
                              {whole(join->joined() + join->not_there, look), whole(join->with_case(), look)});
  const auto add = [&](std::uint64_t count, Phrase words) {
    if (count > 0) text += " " + look.say(words, {whole(count, look)});
  };
  if (calibration.own_paths) {
    add(join->on_path, "{0} travel the log's path, with what they rated.");
    add(join->not_in_log, "{0} are not in the log, and travel in the usual order.");
    return painted(look, join->joined() == 0 ? Tone::worse : Tone::plain, text);
  }
  add(join->on_path, "{0} are held against those who came by the same path.");
  add(join->met, "{0} are held against those who met the same touchpoints, in another order.");
  add(join->others, "{0} are held against those on all other paths together, since too few come by theirs.");
  add(join->everybody, "{0} are held against everybody, since too few come by theirs.");
  add(join->not_there, "{0} are not in the log where they were asked, and are held against everybody.");
  add(join->not_in_log, "{0} are not in the log, and are held against everybody.");
  return painted(look, join->joined() == 0 ? Tone::worse : Tone::plain, text);
}

}  // namespace

std::string calibrate_page(const CalibrateResult& result, const Look& look) {
  const Calibration& calibration = result.calibration;
  std::string page = in_short(result, look) + parameters(calibration, look) + cells(result, look) +
                     weak(calibration, look) + simpler(calibration, look);
  if (result.ways) page += ways(*result.ways, look) + join(calibration, look);
  if (calibration.held_out) page += held_out(*calibration.held_out, look);
  return page;
}

}  // namespace sojourn::tools
