#include "tools/terminal/run_page.h"

#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/observed_page.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"
#include "tools/terminal/text.h"
#include "tools/terminal/uncertain_page.h"

#include <algorithm>
#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

bool is_exact(const RunResult& result) { return result.provenance.method == "exact"; }

std::string title(const RunResult& result, const Look& look) {
  const Provenance& provenance = result.provenance;
  std::string text = painted(look, Tone::strong, printable(provenance.journey.title));
  for (const FileStamp& scenario : provenance.scenarios) {
    text += paragraph(look.say("with {0}", {printable(scenario.title)}), look.width);
  }
  if (is_exact(result)) return text + painted(look, Tone::dim, look.say("solved exactly, without chance"));
  return text + painted(look, Tone::dim,
                        look.say("{0} simulated customers, seed {1}; in brackets the 95 % interval of chance",
                                 {whole(provenance.agents, look), std::to_string(provenance.seed)}));
}

/// Shown only where it says something: nobody is cut off in most journeys, and not every journey knows money.
bool is_idle(Metric metric, const Figure& figure) {
  const bool may_be = metric == Metric::truncated || metric == Metric::cost || metric == Metric::value ||
                      metric == Metric::net || metric == Metric::effort;
  return may_be && figure.estimate == 0;
}

std::string headline(const RunResult& result, const Look& look) {
  Table table({{"", Align::left, 20}, {"", Align::left}});
  const bool exact = is_exact(result);  // then means are known better than quantiles
  const Metric middle = exact ? Metric::elapsed_hours : Metric::elapsed_hours_p50;
  const Metric wide = exact ? Metric::elapsed_hours_sd : Metric::elapsed_hours_p90;
  for (const Metric metric :
       {Metric::nps, Metric::promoters, Metric::passives, Metric::detractors, Metric::satisfaction, Metric::satisfied,
        Metric::success, Metric::abandoned, Metric::truncated, Metric::visits, middle, wide, Metric::effort,
        Metric::cost, Metric::value, Metric::net}) {
    const Figure& figure = result.figures.overall[metric];
    if (is_idle(metric, figure)) continue;
    const Tone tone = metric == Metric::nps ? Tone::strong : Tone::plain;
    table.row({Cell(label_of(info(metric), look), tone),
               Cell(with_interval(figure, {info(metric).unit, result.provenance.money}, look), tone)});
  }
  const std::string sharper = controls_in_words(result.provenance.controls, {result.figures.control_ratio}, look);
  return heading(look, look.say("The journey as a whole")) + table.text(look, 2) +
         (sharper.empty() ? "" : painted(look, Tone::dim, sharper, 2));
}

std::string personas(const RunResult& result, const Look& look) {
  Table table({{"", Align::left, 16},
               {look.say("Share")},
               {"NPS", Align::left},
               {look.say("Satis-\nfaction")},
               {look.say("Success")},
               {is_exact(result) ? look.say("Mean\ntime") : look.say("Median\ntime")}});
  const Metric time = is_exact(result) ? Metric::elapsed_hours : Metric::elapsed_hours_p50;
  std::vector<double> shares;
  for (const Summary& persona : result.figures.personas) shares.push_back(persona.share);
  const std::vector<std::int64_t> parts = rounded_parts(shares, 100);
  for (std::size_t p = 0; p < result.figures.personas.size(); ++p) {
    const Summary& persona = result.figures.personas[p];
    table.row({label_of(result.names.personas[p]), std::to_string(parts[p]) + " %",
               with_interval(persona[Metric::nps], {Unit::nps_points}, look),
               decimal(persona[Metric::satisfaction].estimate, 1, look),
               percent(persona[Metric::success].estimate, look), duration(persona[time].estimate, look)});
  }
  return heading(look, look.say("By persona")) + table.text(look, 2);
}

/// The larger the loss, the worse: half a point a visit is worth a colour.
Cell pain_cell(double loss, const Look& look) {
  return {decimal(loss, 1, look), loss >= 0.5 ? Tone::worse : Tone::plain};
}

std::string touchpoints(const RunResult& result, const Look& look) {
  Table table({{"", Align::left, 14},
               {look.say("Reach")},
               {look.say("Visits")},
               {look.say("Exper-\nience")},
               {look.say("Satis-\nfaction")},
               {look.say("Given\nup")},
               {look.say("Pain\nloss")},
               {look.say("Drop-\noff")}});
  std::string stage;
  bool star = false;
  for (std::size_t t = 0; t < result.names.touchpoints.size(); ++t) {
    const TouchpointName& name = result.names.touchpoints[t];
    const SiteFigures& site = result.figures.touchpoints[t];
    if (!name.stage.empty() && name.stage != stage) table.section(name.stage);
    stage = name.stage;
    star = star || name.moment_of_truth;
    const double satisfaction = site[SiteMetric::satisfaction].estimate;
    table.row({(name.moment_of_truth ? std::string(look.star()) + " " : "  ") + label_of(name),
               percent(site[SiteMetric::reach].estimate, look), decimal(site[SiteMetric::visits].estimate, 2, look),
               decimal(site[SiteMetric::experience].estimate, 1, look),
               Cell(decimal(satisfaction, 1, look), satisfaction < 5 ? Tone::worse : Tone::plain),
               percent(site[SiteMetric::given_up].estimate, look),
               pain_cell(site[SiteMetric::pain_loss].estimate, look),
               percent(site[SiteMetric::drop_off].estimate, look)});
  }
  const std::string how =
      look.say(
          "Reach: customers who come here at least once. Visits: per journey. Experience and satisfaction from 0 "
          "to 10; pain loss: points that pains take off. Given up, drop-off: visits that end in walking away, and "
          "in leaving without success.") +
      (star ? look.say(" The star marks moments of truth.") : std::string());
  return heading(look, look.say("Touchpoints"), how) + table.text(look);
}

std::string outcomes(const RunResult& result, const Look& look) {
  Table table({{"", Align::left, 20}, {"", Align::left}, {"", Align::left}});
  for (std::size_t i = 0; i < result.names.outcomes.size(); ++i) {
    const OutcomeName& name = result.names.outcomes[i];
    const Figure& share = result.figures.overall.outcomes[i];
    if (name.id == "abandoned" && share.estimate == 0) continue;  // exists in every journey
    table.row({label_of(name), with_interval(share, {Unit::share}, look),
               name.success ? Cell(look.say("success"), Tone::better) : Cell("")});
  }
  return heading(look, look.say("How it ends")) + table.text(look, 2);
}

std::string goals(const RunResult& result, const Look& look) {
  if (result.names.goals.empty()) return "";
  Table table({{"", Align::left, 20}, {"", Align::left}});
  for (std::size_t i = 0; i < result.names.goals.size(); ++i) {
    table.row({label_of(result.names.goals[i]), with_interval(result.figures.overall.goals[i], {Unit::share}, look)});
  }
  return heading(look, look.say("Goals achieved")) + table.text(look, 2);
}

std::string pains(const RunResult& result, const Look& look) {
  if (result.names.pains.empty()) return "";
  Table table({{"", Align::left, 20},
               {look.say("Times met in 100 journeys"), Align::left},
               {look.say("Open at the end"), Align::left}});
  for (std::size_t i = 0; i < result.names.pains.size(); ++i) {
    const PainFigures& pain = result.figures.overall.pains[i];
    Figure met = pain.met;
    for (double* part : {&met.estimate, &met.lo, &met.hi}) *part *= 100;
    const Style per_100{Unit::nps_points};  // one decimal
    table.row({label_of(result.names.pains[i]), with_interval(met, per_100, look),
               pain.open.estimate == 0 ? std::string(look.none()) : with_interval(pain.open, {Unit::share}, look)});
  }
  return heading(look, look.say("Pains")) + table.text(look, 2);
}

std::string touchpoint_visits(const RunResult& result, const Look& look) {
  Table table({{"", Align::left, 20}, {look.say("Reach")}, {look.say("Visits")}});
  for (std::size_t t = 0; t < result.names.touchpoints.size(); ++t) {
    const SiteFigures& site = result.figures.touchpoints[t];
    table.row({label_of(result.names.touchpoints[t]), percent(site[SiteMetric::reach].estimate, look),
               decimal(site[SiteMetric::visits].estimate, 2, look)});
  }
  return heading(look, look.say("Touchpoints"),
                 look.say("Reach: customers who come here at least once. Visits: per journey.")) +
         table.text(look, 2);
}

}  // namespace

std::string visits_page(const RunResult& result, const Look& look) {
  Table table({{"", Align::left, 20}, {"", Align::left}});
  for (const Metric metric : {Metric::success, Metric::abandoned, Metric::truncated, Metric::visits}) {
    const Figure& figure = result.figures.overall[metric];
    if (is_idle(metric, figure)) continue;
    table.row({label_of(info(metric), look), with_interval(figure, {info(metric).unit}, look)});
  }
  return title(result, look) + heading(look, look.say("The journey as a whole")) + table.text(look, 2) +
         touchpoint_visits(result, look) + outcomes(result, look);
}

std::string run_page(const RunResult& result, const Look& look) {
  return title(result, look) + headline(result, look) + personas(result, look) + touchpoints(result, look) +
         outcomes(result, look) + goals(result, look) + pains(result, look) + observed_figures(result, look) +
         (result.uncertain ? uncertain_inputs(result, look) : "");
}

}  // namespace sojourn::tools
