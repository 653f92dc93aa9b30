#include "tools/report/study_part.h"

#include "models/study/analysis.h"
#include "tools/archive/study_data.h"
#include "tools/json/analysis_json.h"
#include "tools/report/figure_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;
using engine::Archive;
using engine::Variable;

constexpr std::size_t most_points = 400;    // that have a line of their own
constexpr std::size_t most_options = 60;    // of a ranking
constexpr std::size_t most_beaten = 1'000;  // options behind the front
constexpr std::size_t most_failures = 20;
constexpr double kNormal95 = 1.959963984540054;

std::string text_of(const Archive& archive, const char* name) {
  const engine::Attribute* found = engine::find_attribute(archive.attributes, name);
  const auto* text = found == nullptr ? nullptr : std::get_if<std::string>(&found->value);
  return text == nullptr ? "" : *text;
}

std::uint64_t number_of(const Archive& archive, const char* name) {
  const engine::Attribute* found = engine::find_attribute(archive.attributes, name);
  const auto* number = found == nullptr ? nullptr : std::get_if<std::uint64_t>(&found->value);
  return number == nullptr ? 0 : *number;
}

template <class T>
const T* values_of(const Archive& archive, const char* name) {
  const Variable* found = engine::find_variable(archive, name);
  return found == nullptr ? nullptr : std::get_if<T>(&found->values);
}

Json bounded(double estimate, double lo, double hi) {
  return {short_number(estimate), short_number(lo), short_number(hi)};
}

/// estimate and its normal 95 % interval; without one where there is no standard error.
Json with_error(double estimate, double se) {
  if (!std::isfinite(se)) return {short_number(estimate), nullptr, nullptr};
  return bounded(estimate, estimate - kNormal95 * se, estimate + kNormal95 * se);
}

const char* unit_name(Unit unit) {
  switch (unit) {
    case Unit::nps_points: return "nps_points";
    case Unit::points: return "points";
    case Unit::share: return "share";
    case Unit::hours: return "hours";
    case Unit::money: return "money";
    default: return "count";
  }
}

Json factors_json(const StudyData& data, const Archive& archive) {
  Json list = Json::array();
  for (std::size_t c = 0; c < data.factors.size(); ++c) {
    std::string unit;
    for (const Variable& one : archive.variables) {
      const engine::Attribute* address = engine::find_attribute(one.attributes, "address");
      if (address && std::get<std::string>(address->value) == data.factors[c] && one.units == "h") unit = "hours";
    }
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (std::size_t p = 0; p < data.points(); ++p) {
      low = std::min(low, data.values.at(p, c));
      high = std::max(high, data.values.at(p, c));
    }
    list.push_back({{"address", data.factors[c]},
                    {"label", data.labels[c]},
                    {"unit", unit},
                    {"low", short_number(low)},
                    {"high", short_number(high)}});
  }
  return list;
}

Json factor_analysis_json(const FactorAnalysis& one, std::size_t factors) {
  Json json = {{"scenario", one.scenario}, {"varies", one.varies}, {"left_out", one.left_out}};
  if (one.sobol) {
    json["sobol"] = {{"first", Json::array()}, {"total", Json::array()}};
    for (std::size_t c = 0; c < factors; ++c) {
      const auto& [first, total] = one.sobol->factors[c];
      json["sobol"]["first"].push_back(bounded(first.estimate, first.lo, first.hi));
      json["sobol"]["total"].push_back(bounded(total.estimate, total.lo, total.hi));
    }
  }
  for (const engine::ElementaryEffects& effect : one.effects) {
    json["morris"].push_back({{"mu", short_number(effect.mu)},
                              {"mu_star", with_error(effect.mu_star, effect.mu_star_se)},
                              {"sigma", short_number(effect.sigma)}});
  }
  if (one.regression) {
    json["regression"] = {{"r2", short_number(one.regression->r2)}, {"coefficients", Json::array()}};
    for (const auto& coefficient : one.regression->coefficients) {
      json["regression"]["coefficients"].push_back(bounded(coefficient.estimate, coefficient.lo, coefficient.hi));
    }
  }
  for (const TornadoBar& bar : one.tornado) {
    double least = 0, most = 0;
    Json ends = Json::array();
    for (const TornadoBar::End& end : bar.ends) {
      least = std::min(least, end.change);
      most = std::max(most, end.change);
      ends.push_back({{"value", short_number(end.value)},
                      {"response", short_number(end.response)},
                      {"change", with_error(end.change, end.se)}});
    }
    json["tornado"].push_back({{"factor", bar.factor},
                               {"swing", short_number(bar.swing)},
                               {"least", short_number(least)},
                               {"most", short_number(most)},
                               {"ends", std::move(ends)}});
  }
  return json;
}

Json ranking_json(const Ranking& ranking) {
  Json options = Json::array();
  for (const Ranking::Option& one : ranking.options) {
    if (options.size() == most_options) break;
    Json json = {{"scenario", one.scenario},
                 {"mean", short_number(one.mean)},
                 {"behind", with_error(one.behind, one.behind_se)},
                 {"selected", one.selected}};
    if (ranking.options_are_points) json["point"] = one.point;
    options.push_back(std::move(json));
  }
  return {{"observations", ranking.observations},
          {"left_out", ranking.left_out},
          {"options_left_out", ranking.options_left_out},
          {"matters_from", short_number(ranking.worth_knowing)},
          {"decided", ranking.decided},
          {"undecided_because", undecided_because(ranking)},
          {"p_best_at_least", ranking.observations > 1 ? short_number(ranking.chance_of_best) : Json()},
          {"options_in_all", ranking.options.size()},
          {"options", std::move(options)}};
}

Json metric_json(const StudyData& data, const StudyResponses& responses, const MetricAnalysis& analysis,
                 const std::vector<std::size_t>& shown) {
  // What a what-if itself costs is in it, as in the ranking and the front.
  const double sign = responses.metric == Metric::cost ? 1 : responses.metric == Metric::net ? -1 : 0;
  const auto mean = [&](std::size_t p, std::size_t s) {
    const double own = s < data.cost_per_journey.size() ? data.cost_per_journey[s] : 0;
    return mean_response(data, responses, p, s) + sign * own;
  };
  Json lists = Json::array(), ranges = Json::array(), counts = Json::array();
  for (std::size_t s = 0; s < data.scenarios.size(); ++s) {
    Json list = Json::array();
    for (const std::size_t p : shown) list.push_back(short_number(mean(p, s)));
    lists.push_back(std::move(list));
    double low = std::numeric_limits<double>::infinity(), high = -low;
    std::size_t count = 0;
    for (std::size_t p = 0; p < data.points(); ++p) {
      const double of_point = mean(p, s);
      if (!std::isfinite(of_point)) continue;
      ++count;
      low = std::min(low, of_point);
      high = std::max(high, of_point);
    }
    counts.push_back(count);
    ranges.push_back(low <= high ? Json({short_number(low), short_number(high)}) : Json());
  }
  Json json = {{"unit", unit_name(info(responses.metric).unit)},
               {"less_is_better", info(responses.metric).better == Better::less},
               {"means", std::move(lists)},
               {"ranges", std::move(ranges)},
               {"points_with", std::move(counts)},
               {"factors", Json::array()}};
  for (const FactorAnalysis& one : analysis.factors) {
    json["factors"].push_back(factor_analysis_json(one, data.factors.size()));
  }
  if (analysis.ranking) json["ranking"] = ranking_json(*analysis.ranking);
  return json;
}

Json front_json(const Front& front) {
  Json options = Json::array();
  const auto add = [&](const Front::Option& one, bool on_front) {
    Json json = {{"scenario", one.scenario},
                 {"nps", short_number(one.nps)},
                 {"cost", short_number(one.cost)},
                 {"on_front", on_front}};
    if (front.options_are_points) json["point"] = one.point;
    options.push_back(std::move(json));
  };
  for (const Front::Option& one : front.options) add(one, true);
  const std::size_t step = front.beaten.size() / most_beaten + 1;
  for (std::size_t i = 0; i < front.beaten.size(); i += step) add(front.beaten[i], false);
  return {{"options_are_points", front.options_are_points}, {"among", front.among}, {"options", std::move(options)}};
}

/// All points, or so many of them evenly chosen.
std::vector<std::size_t> points_shown(std::size_t points) {
  const std::size_t count = std::min(points, most_points);
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < count; ++i) shown.push_back(i * points / count);
  return shown;
}

Json study_part(const Archive& archive, const StudyOrigin& origin) {
  const StudyData data = study_data(archive, origin.file);
  const StudyAnalysis analysis = analyse(data);
  const std::vector<std::size_t> shown = points_shown(data.points());
  Json part = {
      {"title", text_of(archive, "title")},
      {"file",
       {{"title", text_of(archive, "title")}, {"file", origin.file}, {"sha256", text_of(archive, "study_digest")}}},
      {"journey", {{"title", text_of(archive, "journey")}, {"file", ""}, {"sha256", ""}}},
      {"design", text_of(archive, "design")},
      {"points", data.points()},
      {"replications", data.replications},
      {"seed", number_of(archive, "seed")},
      {"money", text_of(archive, "money")},
      {"scenarios", data.scenarios},
      {"factors", factors_json(data, archive)},
      {"points_shown", shown},
      {"values", Json::array()},
      {"metrics", Json::object()},
      {"failures", Json::array()}};
  if (const auto* digests = values_of<std::vector<std::string>>(archive, "scenario_sha256");
      digests && !digests->empty()) {
    part["journey"]["sha256"] = digests->front();
  }
  for (const std::size_t p : shown) {
    Json row = Json::array();
    for (std::size_t c = 0; c < data.factors.size(); ++c) row.push_back(short_number(data.values.at(p, c)));
    part["values"].push_back(std::move(row));
  }
  for (const MetricAnalysis& one : analysis.metrics) {
    const auto responses = std::ranges::find(data.responses, one.metric, &StudyResponses::metric);
    part["metrics"][std::string(info(one.metric).name)] = metric_json(data, *responses, one, shown);
  }
  if (analysis.front) part["front"] = front_json(*analysis.front);
  std::int64_t agents = 0, failed = 0;
  if (const auto* counts = values_of<std::vector<std::int64_t>>(archive, "agents")) {
    for (const std::int64_t count : *counts) agents += count;
  }
  if (const auto* flags = values_of<std::vector<std::int64_t>>(archive, "failed")) {
    failed = std::ranges::count(*flags, 1);
  }
  part["agents"] = agents;
  part["failed"] = failed;
  if (const auto* why = values_of<std::vector<std::string>>(archive, "failure")) {
    for (const std::string& text : *why) {
      const bool known = text.empty() || std::ranges::find(part["failures"], Json(text)) != part["failures"].end();
      if (!known && part["failures"].size() < most_failures) part["failures"].push_back(text);
    }
  }
  return part;
}

}  // namespace

Json study_report(const Archive& archive, const StudyOrigin& origin, const std::optional<StudyProgress>& progress,
                  const std::string& language) {
  Json part = study_part(archive, origin);
  if (progress) {
    part["progress"] = {
        {"runs", progress->runs}, {"done", progress->done}, {"units", progress->units}, {"there", progress->there}};
  }
  Json json = {{"format", "sojourn.report/1"}, {"lang", language}, {"command", origin.command}};
  json["result"] = {{"format", "sojourn.study/1"},
                    {"program", text_of(archive, "source")},
                    {"journey", part["journey"]},
                    {"seed", part["seed"]},
                    {"money", part["money"]},
                    {"names",
                     {{"personas", Json::object()},
                      {"touchpoints", Json::object()},
                      {"outcomes", Json::object()},
                      {"goals", Json::object()},
                      {"pains", Json::object()}}}};
  json["study"] = std::move(part);
  return json;
}

}  // namespace sojourn::tools
