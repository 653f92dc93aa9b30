#include "tools/json/analysis_json.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json bounded(const engine::Bounded& one) { return {{"estimate", one.estimate}, {"lo", one.lo}, {"hi", one.hi}}; }

Json sobol_json(const engine::SobolIndices& sobol, const StudyData& data) {
  Json first = Json::object(), total = Json::object();
  for (std::size_t c = 0; c < data.factors.size(); ++c) {
    first[data.factors[c]] = bounded(sobol.factors[c].first);
    total[data.factors[c]] = bounded(sobol.factors[c].total);
  }
  return {{"mean", sobol.mean}, {"variance", sobol.variance}, {"first", first}, {"total", total}};
}

Json morris_json(const std::vector<engine::ElementaryEffects>& effects, const StudyData& data) {
  Json json = Json::object();
  for (std::size_t c = 0; c < data.factors.size(); ++c) {
    json[data.factors[c]] = {{"mu", effects[c].mu},
                             {"mu_star", effects[c].mu_star},
                             {"sigma", effects[c].sigma},
                             {"mu_star_se", effects[c].mu_star_se}};
  }
  return json;
}

Json regression_json(const engine::StandardisedRegression& regression, const StudyData& data) {
  Json coefficients = Json::object();
  for (std::size_t c = 0; c < data.factors.size(); ++c) {
    const auto& one = regression.coefficients[c];
    coefficients[data.factors[c]] = {{"estimate", one.estimate}, {"se", one.se}, {"lo", one.lo}, {"hi", one.hi}};
  }
  return {{"r2", regression.r2}, {"points", regression.rows}, {"coefficients", coefficients}};
}

Json tornado_json(const std::vector<TornadoBar>& bars, const StudyData& data) {
  Json list = Json::array();
  for (const TornadoBar& bar : bars) {
    Json ends = Json::array();
    for (const TornadoBar::End& end : bar.ends) {
      ends.push_back(
          {{"value", end.value}, {"response", end.response}, {"change", end.change}, {"se", number(end.se)}});
    }
    list.push_back({{"address", data.factors[bar.factor]}, {"swing", bar.swing}, {"ends", std::move(ends)}});
  }
  return list;
}

Json factors_json(const FactorAnalysis& one, const StudyData& data) {
  Json json = {{"scenario", data.scenarios[one.scenario]}, {"varies", one.varies}};
  if (one.sobol) json["sobol"] = sobol_json(*one.sobol, data);
  if (!one.effects.empty()) json["morris"] = morris_json(one.effects, data);
  if (one.regression) json["regression"] = regression_json(*one.regression, data);
  if (!one.tornado.empty()) json["tornado"] = tornado_json(one.tornado, data);
  json["left_out"] = one.left_out;
  return json;
}

Json ranking_json(const Ranking& ranking, const StudyData& data) {
  Json options = Json::array();
  for (const Ranking::Option& one : ranking.options) {
    Json json = {{"scenario", data.scenarios[one.scenario]}};
    if (ranking.options_are_points) json["point"] = one.point;
    json["mean"] = one.mean;
    json["behind"] = {{"estimate", one.behind}, {"se", number(one.behind_se)}};
    json["selected"] = one.selected;
    json["dropped_after"] = one.dropped_at > 0 ? Json(one.dropped_at) : Json(nullptr);
    json["next_observations"] = one.next;
    options.push_back(std::move(json));
  }
  return {{"observations", ranking.observations},
          {"left_out", ranking.left_out},
          {"options_left_out", ranking.options_left_out},
          {"matters_from", ranking.worth_knowing},
          {"alpha", ranking.alpha},
          {"decided", ranking.decided},
          {"undecided_because", undecided_because(ranking)},
          {"decided_after_at_most", ranking.most_observations > 0 ? Json(ranking.most_observations) : Json(nullptr)},
          {"p_best_at_least", ranking.observations > 1 ? Json(ranking.chance_of_best) : Json(nullptr)},
          {"options", std::move(options)}};
}

}  // namespace

Json points_json(const StudyData& data) {
  Json factors = Json::array(), scenarios = Json::array(), means = Json::object();
  for (std::size_t c = 0; c < data.factors.size(); ++c) {
    Json values = Json::array();
    for (std::size_t p = 0; p < data.points(); ++p) values.push_back(number(data.values.at(p, c)));
    factors.push_back({{"address", data.factors[c]}, {"label", data.labels[c]}, {"values", std::move(values)}});
  }
  for (const std::string& scenario : data.scenarios) scenarios.push_back(scenario);
  for (const StudyResponses& one : data.responses) {
    Json of_metric = Json::array();
    for (std::size_t s = 0; s < data.scenarios.size(); ++s) {
      Json row = Json::array();
      for (std::size_t p = 0; p < data.points(); ++p) row.push_back(number(mean_response(data, one, p, s)));
      of_metric.push_back(std::move(row));
    }
    means[std::string(info(one.metric).name)] = std::move(of_metric);
  }
  Json own = Json::array();
  for (const double cost : data.cost_per_journey) own.push_back(number(cost));
  return {{"scenarios", scenarios}, {"scenario_cost_per_journey", own}, {"factors", factors}, {"means", means}};
}

Json undecided_because(const Ranking& ranking) {
  if (ranking.decided) return nullptr;
  if (ranking.too_many_options) return "too_many_options";
  return ranking.most_observations > 0 ? "not_yet" : "too_few_observations";
}

Json analysis_json(const StudyAnalysis& analysis, const StudyData& data) {
  Json metrics = Json::object();
  for (const MetricAnalysis& one : analysis.metrics) {
    Json json = Json::object();
    if (!one.factors.empty()) {
      json["factors"] = Json::array();
      for (const FactorAnalysis& of_scenario : one.factors) json["factors"].push_back(factors_json(of_scenario, data));
    }
    if (one.ranking) json["ranking"] = ranking_json(*one.ranking, data);
    metrics[std::string(info(one.metric).name)] = std::move(json);
  }
  Json json = {{"metrics", std::move(metrics)}};
  if (analysis.front) {
    Json options = Json::array();
    for (const Front::Option& one : analysis.front->options) {
      options.push_back(
          {{"point", one.point}, {"scenario", data.scenarios[one.scenario]}, {"nps", one.nps}, {"cost", one.cost}});
    }
    json["pareto"] = {{"among", analysis.front->among}, {"options", std::move(options)}};
  }
  return json;
}

}  // namespace sojourn::tools
