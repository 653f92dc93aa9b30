#include "tools/studio/live_json.h"

#include "tools/json/json.h"
#include "tools/report/figure_json.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

enum class Form { level, difference };

/// A new key, without a look whether it is there.
void put(Json& object, std::string key, Json value) {
  object.get_ref<Json::object_t&>().emplace_back(std::move(key), std::move(value));
}

Json number(double value) { return std::isfinite(value) ? short_number(value) : Json(nullptr); }

Json figure_of(const Figure& figure, Form form) {
  return form == Form::level ? short_figure(figure) : live_difference(figure);
}

Json summary(const Summary& summary, const Names& names, Form form) {
  Json json = Json::object();
  for (const Metric metric : {Metric::nps, Metric::promoters, Metric::passives, Metric::detractors, Metric::score,
                              Metric::satisfaction, Metric::success, Metric::abandoned, Metric::truncated,
                              Metric::visits, Metric::elapsed_hours, Metric::cost, Metric::value, Metric::net}) {
    put(json, std::string(info(metric).name), figure_of(summary[metric], form));
  }
  Json scores = Json::array();
  for (const Figure& one : summary.scores) scores.push_back(number(one.estimate));
  put(json, "scores", std::move(scores));
  Json outcomes = Json::object();
  for (std::size_t i = 0; i < summary.outcomes.size(); ++i) {
    put(outcomes, names.outcomes[i].id, figure_of(summary.outcomes[i], form));
  }
  put(json, "outcomes", std::move(outcomes));
  Json goals = Json::object();
  for (std::size_t i = 0; i < summary.goals.size(); ++i) {
    put(goals, names.goals[i].id, figure_of(summary.goals[i], form));
  }
  put(json, "goals", std::move(goals));
  return json;
}

/// Differences at a place are lists of three, too.
Json touchpoint(const SiteFigures& site, std::size_t which, const Names& names) {
  Json json = Json::object();
  for (const SiteMetric metric :
       {SiteMetric::visits, SiteMetric::reach, SiteMetric::experience, SiteMetric::satisfaction, SiteMetric::given_up,
        SiteMetric::duration_hours, SiteMetric::drop_off, SiteMetric::pain_loss}) {
    put(json, std::string(info(metric).name), short_figure(site[metric]));
  }
  Json pains = Json::object();
  for (const auto& [pain, rate] : site.pains) put(pains, names.pains[pain].id, short_figure(rate));
  put(json, "pains", std::move(pains));
  Json flow = Json::object();
  for (const auto& [target, one] : site.flow) put(flow, names.target(target), short_figure(one));
  put(json, "flow", std::move(flow));
  if (!site.channels.empty()) {
    Json channels = Json::object();
    for (const auto& [channel, figures] : site.channels) {
      put(channels, names.touchpoints[which].channels[channel].id,
          {{"visits", short_figure(figures[SiteMetric::visits])},
           {"satisfaction", short_figure(figures[SiteMetric::satisfaction])}});
    }
    put(json, "channels", std::move(channels));
  }
  return json;
}

Json touchpoints(const Figures& figures, const Names& names) {
  Json json = Json::object();
  for (std::size_t i = 0; i < figures.touchpoints.size(); ++i) {
    put(json, names.touchpoints[i].id, touchpoint(figures.touchpoints[i], i, names));
  }
  return json;
}

Json personas(const Figures& figures, const Names& names, Form form) {
  Json json = Json::object();
  for (std::size_t p = 0; p < figures.personas.size(); ++p) {
    Json one = summary(figures.personas[p], names, form);
    put(one, "share", number(figures.personas[p].share));
    put(one, "agents", figures.personas[p].agents);
    Json places = Json::object();
    for (std::size_t i = 0; i < figures.by_persona[p].size(); ++i) {
      const SiteFigures& site = figures.by_persona[p][i];
      Json place = Json::object();
      if (form == Form::level) put(place, "reach", short_figure(site[SiteMetric::reach]));
      put(place, "satisfaction", short_figure(site[SiteMetric::satisfaction]));
      put(places, names.touchpoints[i].id, std::move(place));
    }
    put(one, "touchpoints", std::move(places));
    put(json, names.personas[p].id, std::move(one));
  }
  return json;
}

}  // namespace

Json live_difference(const Figure& figure) {
  Json json = short_figure(figure);
  if (!json.is_array()) return json;
  for (const double part : {figure.p_better, figure.adjusted_lo, figure.adjusted_hi}) json.push_back(number(part));
  return json;
}

Json live_figures(const Figures& figures, const Names& names) {
  return {{"overall", summary(figures.overall, names, Form::level)},
          {"personas", personas(figures, names, Form::level)},
          {"touchpoints", touchpoints(figures, names)}};
}

Json live_scenario(const Comparison& comparison, const Names& names) {
  Json json = Json::object();
  json["scenario"] = {{"title", comparison.scenario.title},
                      {"file", comparison.scenario.file},
                      {"sha256", comparison.scenario.sha256},
                      {"because", comparison.because},
                      {"cost", {{"once", comparison.cost_once}, {"per_journey", comparison.cost_per_journey}}}};
  json["result"] = live_figures(comparison.result, names);
  json["difference"] = summary(comparison.difference.overall, names, Form::difference);
  json["personas"] = personas(comparison.difference, names, Form::difference);
  json["touchpoints"] = touchpoints(comparison.difference, names);
  json["net_gain"] = live_difference(comparison.net_gain);
  json["agents_changed"] = number(comparison.agents_changed.estimate);
  json["verdict_kind"] = name_of(comparison.verdict);
  return json;
}

}  // namespace sojourn::tools
