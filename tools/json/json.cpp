#include "tools/json/json.h"

#include "tools/json/figure_at.h"
#include "tools/json/json_parts.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

/// A level has an estimate and an interval; a difference, too, how likely it is for the better and what holds for all
/// scenarios together.
enum class Form { level, difference };

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json figure(const Figure& figure, Form form) {
  if (!std::isfinite(figure.estimate)) return nullptr;
  Json json = {
      {"estimate", figure.estimate}, {"se", number(figure.se)}, {"lo", number(figure.lo)}, {"hi", number(figure.hi)}};
  if (form == Form::difference) {
    json["p_better"] = number(figure.p_better);
    json["adjusted_lo"] = number(figure.adjusted_lo);
    json["adjusted_hi"] = number(figure.adjusted_hi);
  }
  return json;
}

template <std::size_t N>
Json column(const std::array<Figure, N>& figures, double Figure::*part) {
  Json json = Json::array();
  for (const Figure& one : figures) json.push_back(number(one.*part));
  return json;
}

/// A new key; unlike operator[] it does not look whether the key is there, which with many touchpoints takes long.
void put(Json& object, const std::string& key, Json value) {
  object.get_ref<Json::object_t&>().emplace_back(key, std::move(value));
}

/// Documents of one result: figures under the ids of its names.
class Writer {
 public:
  /// `only_visits`: figures that do not exist are left out.
  explicit Writer(const Names& names, bool only_visits = false) : names_(names), only_visits_(only_visits) {}

  Json summary(const Summary& summary, Form form) const {
    Json json = Json::object();
    for (std::size_t i = 0; i < kMetrics; ++i) put_metric(json, kMetricInfo[i], summary.metrics[i], form);
    if (only_visits_) {
      put_outcomes(json, summary, form);
      return json;
    }
    json["scores"] = column(summary.scores, &Figure::estimate);
    json["scores_se"] = column(summary.scores, &Figure::se);
    json["scores_lo"] = column(summary.scores, &Figure::lo);
    json["scores_hi"] = column(summary.scores, &Figure::hi);
    put_outcomes(json, summary, form);
    json["goals"] = Json::object();
    for (std::size_t i = 0; i < summary.goals.size(); ++i) {
      put(json["goals"], names_.goals[i].id, figure(summary.goals[i], form));
    }
    json["pains"] = Json::object();
    for (std::size_t i = 0; i < summary.pains.size(); ++i) {
      put(json["pains"], names_.pains[i].id,
          {{"met", figure(summary.pains[i].met, form)}, {"open", figure(summary.pains[i].open, form)}});
    }
    return json;
  }

  Json touchpoints(const std::vector<SiteFigures>& sites, Form form) const {
    Json json = Json::object();
    for (std::size_t i = 0; i < sites.size(); ++i) {
      const TouchpointName& name = names_.touchpoints[i];
      Json one = site(sites[i], form);
      one["channels"] = Json::object();
      for (const auto& [channel, figures] : sites[i].channels) {
        put(one["channels"], name.channels[channel].id, site(figures, form));
      }
      put(json, name.id, std::move(one));
    }
    return json;
  }

  Json personas(const Figures& figures, Form form) const {
    Json json = Json::object();
    for (std::size_t i = 0; i < figures.personas.size(); ++i) {
      const Summary& persona = figures.personas[i];
      Json one = {{"share", number(persona.share)}, {"agents", persona.agents}};
      one.update(summary(persona, form));
      one["touchpoints"] = touchpoints(figures.by_persona[i], form);
      put(json, names_.personas[i].id, std::move(one));
    }
    return json;
  }

  /// overall, personas, touchpoints.
  void add_figures(const Figures& figures, Json& to) const {
    to["overall"] = summary(figures.overall, Form::level);
    to["personas"] = personas(figures, Form::level);
    to["touchpoints"] = touchpoints(figures.touchpoints, Form::level);
  }

 private:
  Json site(const SiteFigures& site, Form form) const {
    Json json = Json::object();
    for (std::size_t i = 0; i < kSiteMetrics; ++i) put_metric(json, kSiteMetricInfo[i], site.metrics[i], form);
    if (!only_visits_) json["pains"] = Json::object();
    for (const auto& [pain, rate] : site.pains) put(json["pains"], names_.pains[pain].id, figure(rate, form));
    json["flow"] = Json::object();
    for (const auto& [target, flow] : site.flow) put(json["flow"], names_.target(target), figure(flow, form));
    return json;
  }

  void put_metric(Json& json, const MetricInfo& info, const Figure& metric, Form form) const {
    if (only_visits_ && !std::isfinite(metric.estimate)) return;
    put(json, std::string(info.name), figure(metric, form));
  }

  void put_outcomes(Json& json, const Summary& summary, Form form) const {
    json["outcomes"] = Json::object();
    for (std::size_t i = 0; i < summary.outcomes.size(); ++i) {
      put(json["outcomes"], names_.outcomes[i].id, figure(summary.outcomes[i], form));
    }
  }

  const Names& names_;
  bool only_visits_;
};

Json head(const std::string& format, const Provenance& provenance) {
  Json json = {{"format", format},
               {"program", provenance.program},
               {"method", provenance.method},
               {"random_scheme", provenance.random_scheme},
               {"journey", stamp_json(provenance.journey)}};
  if (provenance.method == "exact") json.erase("random_scheme");
  if (!provenance.money.empty()) json["money"] = provenance.money;
  return json;
}

bool is_exact(const Provenance& provenance) { return provenance.method == "exact"; }

/// Who travelled; nobody does where figures are exact.
void add_plan(const Provenance& provenance, Json& to) {
  if (is_exact(provenance)) return;
  to["seed"] = provenance.seed;
  to["replicate"] = provenance.replicate;
  to["agents"] = provenance.agents;
  if (std::isfinite(provenance.precision)) to["precision"] = provenance.precision;
}

/// What sharpened the figures, and by how much that of the NPS.
Json controls(const Provenance& provenance, const Figures& figures) {
  return {{"used", provenance.controls}, {"variance_ratio", number(figures.control_ratio)}};
}

Json run_document(const Provenance& provenance, const std::vector<FileStamp>& scenarios, const Names& names,
                  const Figures& figures) {
  Json json = head("sojourn.run/1", provenance);
  json["scenarios"] = stamps_json(scenarios);
  add_plan(provenance, json);
  if (!is_exact(provenance)) json["controls"] = controls(provenance, figures);
  Writer(names).add_figures(figures, json);
  return json;
}

Json performance_of(const Performance& performance) {
  return {{"visits", performance.visits}, {"seconds", performance.seconds}, {"threads", performance.threads}};
}

/// The touchpoint where a journey first differs, or the end.
Json by_first_change(const Comparison& comparison, const Names& names) {
  Json json = Json::object();
  for (std::size_t i = 0; i < comparison.by_first_change.size(); ++i) {
    const std::string& key = i < names.touchpoints.size() ? names.touchpoints[i].id : "(end)";
    put(json, key, figure(comparison.by_first_change[i], Form::level));
  }
  return json;
}

Json flips(const Comparison& comparison, double Figure::*part) {
  Json json = Json::array();
  for (const auto& row : comparison.flips) json.push_back(column(row, part));
  return json;
}

Json input_figure(const InputFigure& figure) {
  Json json = {{"estimate", number(figure.estimate)}, {"lo", number(figure.lo)}, {"hi", number(figure.hi)}};
  if (std::isfinite(figure.p_best)) json["p_best"] = figure.p_best;
  if (std::isfinite(figure.evpi)) json["evpi"] = figure.evpi;
  return json;
}

/// What is not known about the inputs, all options together; their figures are `nps` beside them.
Json uncertainty(const Uncertainty& uncertain) {
  Json json = {{"draws", uncertain.draws}, {"left_out", uncertain.left_out}, {"agents", uncertain.agents}};
  if (std::isfinite(uncertain.evpi_se)) {
    json["evpi"] = {{"estimate", uncertain.base.evpi}, {"se", uncertain.evpi_se}};
  }
  json["inputs"] = Json::object();
  for (const UncertainInput& input : uncertain.inputs) {
    Json one = {{"label", input.label}, {"of", input.of}};
    if (std::isfinite(input.evppi)) one["evppi"] = input.evppi;
    one["variance_share"] = number(input.base_share);
    if (!input.difference_shares.empty()) one["variance_share_of_differences"] = input.difference_shares;
    put(json["inputs"], input.address, std::move(one));
  }
  if (!uncertain.groups.empty()) json["evppi_by_file"] = Json::object();
  for (const InputGroup& group : uncertain.groups) put(json["evppi_by_file"], group.of, group.evppi);
  return json;
}

Json scenario(const Comparison& comparison, const CompareResult& result) {
  const Writer writer(result.names);
  Json json = Json::object();
  json["scenario"] = stamp_json(comparison.scenario);
  json["scenario"]["because"] = comparison.because;
  json["scenario"]["cost"] = {{"once", comparison.cost_once}, {"per_journey", comparison.cost_per_journey}};
  json["result"] = run_document(result.provenance, {comparison.scenario}, result.names, comparison.result);
  json["difference"] = writer.summary(comparison.difference.overall, Form::difference);
  json["personas"] = writer.personas(comparison.difference, Form::difference);
  json["touchpoints"] = writer.touchpoints(comparison.difference.touchpoints, Form::difference);
  json["by_first_change"] = by_first_change(comparison, result.names);
  json["flips"] = flips(comparison, &Figure::estimate);
  json["flips_lo"] = flips(comparison, &Figure::lo);
  json["flips_hi"] = flips(comparison, &Figure::hi);
  json["net_gain"] = figure(comparison.net_gain, Form::difference);
  json["break_even_journeys"] = figure(comparison.break_even_journeys, Form::level);
  json["agents_changed"] = number(comparison.agents_changed.estimate);
  json["agents_changed_lo"] = number(comparison.agents_changed.lo);
  json["agents_changed_hi"] = number(comparison.agents_changed.hi);
  json["variance_ratio"] = number(comparison.variance_ratio);
  json["controls"] = controls(result.provenance, comparison.difference);
  if (result.uncertain) {
    const auto which = static_cast<std::size_t>(&comparison - result.scenarios.data());
    json["uncertain"] = {{"nps", input_figure(result.uncertain->differences[which])}};
  }
  json["verdict"] = comparison.sentence;
  json["verdict_kind"] = name_of(comparison.verdict);
  return json;
}

}  // namespace

Json observed_json(const std::vector<ObservedFigure>& figures) {
  Json json = Json::object();
  for (const ObservedFigure& one : figures) {
    put(json, one.address,
        {{"target", number(one.target)},
         {"observed", figure(one.observed, Form::level)},
         {"n", static_cast<std::uint64_t>(one.n)},
         {"simulated", figure(one.simulated, Form::level)},
         {"gap", figure(one.gap, Form::level)},
         {"z", number(one.z)},
         {"verdict", name_of(one.verdict)}});
  }
  return json;
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::no_matter: return "no_matter";
    case Verdict::better: return "better";
    case Verdict::worse: return "worse";
    case Verdict::unclear: return "unclear";
    case Verdict::better_at_a_price: return "better_at_a_price";
    case Verdict::worse_but_saves: return "worse_but_saves";
    case Verdict::personas_disagree: return "personas_disagree";
  }
  return "";
}

std::string run_json(const RunResult& result, const Performance& performance) {
  Json json = run_document(result.provenance, result.provenance.scenarios, result.names, result.figures);
  if (result.uncertain) {
    json["uncertain"] = uncertainty(*result.uncertain);
    json["uncertain"]["nps"] = input_figure(result.uncertain->base);
  }
  if (is_exact(result.provenance)) {
    for (auto& persona : json["personas"]) persona.erase("agents");
    json["not_exact"] = Json::object();
    for (const auto& [address, why] : result.not_exact) put(json["not_exact"], address, why);
  }
  if (!result.observed.empty()) json["observed"] = observed_json(result.observed);
  json["names"] = names_json(result.names);
  json["performance"] = performance_of(performance);
  return json_text(json);
}

std::string visits_json(const RunResult& result, const Performance& performance) {
  Json json = head("sojourn.run/1", result.provenance);
  json["scenarios"] = stamps_json(result.provenance.scenarios);
  json["only"] = "visits";
  add_plan(result.provenance, json);
  Writer(result.names, true).add_figures(result.figures, json);
  json["names"] = names_json(result.names);
  json["performance"] = performance_of(performance);
  return json_text(json);
}

std::string compare_json(const CompareResult& result, const Performance& performance) {
  Json json = head("sojourn.compare/1", result.provenance);
  add_plan(result.provenance, json);
  json["scenario_files"] = stamps_json(result.provenance.scenarios);
  json["base"] = run_document(result.provenance, {}, result.names, result.base);
  if (result.uncertain) json["base"]["uncertain"] = {{"nps", input_figure(result.uncertain->base)}};
  if (!result.observed.empty()) json["base"]["observed"] = observed_json(result.observed);
  json["scenarios"] = Json::array();
  for (const Comparison& comparison : result.scenarios) json["scenarios"].push_back(scenario(comparison, result));
  if (result.uncertain) json["uncertain"] = uncertainty(*result.uncertain);
  json["names"] = names_json(result.names);
  json["performance"] = performance_of(performance);
  return json_text(json);
}

std::string provenance_json(const Provenance& provenance) {
  Json json = head("sojourn.provenance/1", provenance);
  json["scenarios"] = stamps_json(provenance.scenarios);
  add_plan(provenance, json);
  json["controls"] = provenance.controls;
  json["resolved_journey"] = provenance.resolved_journey;
  json["resolved_scenarios"] = provenance.resolved_scenarios;
  return json_text(json);
}

}  // namespace sojourn::tools
